/** The LDAP configuration as a form: servers, security, the account that searches, how people are found; Test and Save. */
import { Button, Fieldset, Group, Stack } from '@mantine/core'
import { api, type LdapView } from '@sallyport/contract'
import { Notice, Section, TestSteps } from '@sallyport/ui'
import { useMay } from '../../lib/session.ts'
import { testStepViews } from '../../lib/test-step-views.ts'
import { UnsavedGuard } from '../../lib/unsaved-guard.tsx'
import { VersionedNotices } from '../../lib/versioned-notices.tsx'
import { t } from '../../lib/words.ts'
import { ConnectionFields } from './connection-fields.tsx'
import { LimitFields } from './limit-fields.tsx'
import { LookupFields } from './lookup-fields.tsx'
import { QueryBindFields } from './query-bind-fields.tsx'
import { useLdapForm } from './use-ldap-form.ts'
import './page-words.ts'

export interface LdapFormProps {
  readonly ldap: LdapView
  readonly onSaved?: () => void
}

export function LdapForm({ ldap, onSaved }: LdapFormProps) {
  const { may, reason } = useMay(api.directory.changeLdap)
  const { form, notices, test, saving, save, tryIt } = useLdapForm(ldap, onSaved)
  const { isDirty } = form.formState
  return (
    <form onSubmit={(event) => void save(event)} noValidate>
      <UnsavedGuard when={isDirty && !saving} />
      <Stack gap="lg">
        {reason !== undefined && <Notice state="neutral" title={reason} />}
        <Fieldset disabled={!may} variant="unstyled" m={0} p={0}>
          <Stack gap="lg">
            <ConnectionFields form={form} />
            <QueryBindFields form={form} saved={ldap} />
            <LookupFields form={form} />
            <LimitFields form={form} />
          </Stack>
        </Fieldset>
        <VersionedNotices of={notices} />
        {may && (
          <Group gap="sm">
            <Button type="submit" loading={saving}>
              {t('directory-integration.save')}
            </Button>
            <Button variant="default" loading={test.isPending} onClick={() => void tryIt()}>
              {t('directory-integration.test')}
            </Button>
          </Group>
        )}
        <div aria-live="polite">
          {test.data !== undefined && (
            <Section title={t(`directory-integration.${test.data.ok ? 'testRight' : 'testWrong'}`)}>
              <TestSteps steps={testStepViews(test.data)} />
            </Section>
          )}
        </div>
      </Stack>
    </form>
  )
}
