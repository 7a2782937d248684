/** The target *Windows domain*: its settings, their test, and a test of a sign-in once it is in use. */
import { Button, Fieldset, Group, Stack, Text } from '@mantine/core'
import { api, type WindowsDomainView } from '@sallyport/contract'
import { ErrorPanel, LoadingPanel, Notice, Section, TestSteps } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { problemText } from '../../lib/problem-text.ts'
import { useMay } from '../../lib/session.ts'
import { testStepViews } from '../../lib/test-step-views.ts'
import { UnsavedGuard } from '../../lib/unsaved-guard.tsx'
import { VersionedNotices } from '../../lib/versioned-notices.tsx'
import { t } from '../../lib/words.ts'
import type { PanelProps } from './target-panel.ts'
import { TestTarget } from './test-target.tsx'
import { useWindowsDomainForm } from './use-windows-domain-form.ts'
import { WindowsDomainFields } from './windows-domain-fields.tsx'
import { windowsDomainQuery } from './windows-domain.ts'
import './page-words.ts'

export function TargetWindowsDomain({ inUse, onSaved }: PanelProps) {
  const { data, error, refetch } = useQuery(windowsDomainQuery)
  const test = useMay(api.radius.testTarget)
  return (
    <Section title={t('radius-authentication.target.windows-domain.label')}>
      <Stack gap="lg">
        <Text size="sm" maw="46rem">
          {t('radius-authentication.windowsDomain.text')}
        </Text>
        {!inUse && <Notice state="neutral" title={t('radius-authentication.windowsDomain.notYet')} />}
        {data === undefined && error === null && <LoadingPanel lines={6} />}
        {data === undefined && error !== null && (
          <ErrorPanel
            title={t('radius-authentication.windowsDomain.failed')}
            detail={problemText(error)}
            onRetry={() => void refetch()}
          />
        )}
        {data !== undefined && <DomainForm saved={data} inUse={inUse} onSaved={onSaved} />}
        {inUse && test.may && <TestTarget />}
      </Stack>
    </Section>
  )
}

function DomainForm({ saved, inUse, onSaved }: PanelProps & { readonly saved: WindowsDomainView }) {
  const { may } = useMay(api.windowsDomain.change)
  const { form, notices, test, saving, save, tryIt } = useWindowsDomainForm(saved, onSaved)
  return (
    <form onSubmit={(event) => void save(event)} noValidate>
      <UnsavedGuard when={form.formState.isDirty && !saving} />
      <Stack gap="md">
        <Fieldset disabled={!may} variant="unstyled" m={0} p={0}>
          <WindowsDomainFields form={form} saved={saved} />
        </Fieldset>
        <VersionedNotices of={notices} />
        {may && (
          <Group gap="sm">
            <Button type="submit" loading={saving}>
              {t(`radius-authentication.windowsDomain.${inUse ? 'save' : 'saveAndUse'}`)}
            </Button>
            <Button variant="default" loading={test.isPending} onClick={() => void tryIt()}>
              {t('radius-authentication.windowsDomain.test')}
            </Button>
          </Group>
        )}
        <div aria-live="polite">
          {test.data !== undefined && (
            <Section title={t(`radius-authentication.windowsDomain.${test.data.ok ? 'testRight' : 'testWrong'}`)}>
              <TestSteps steps={testStepViews(test.data)} />
            </Section>
          )}
        </div>
      </Stack>
    </form>
  )
}
