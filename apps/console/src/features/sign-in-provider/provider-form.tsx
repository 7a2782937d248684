/** The form of the provider: what it has to be told, what it told us, whom it lets in; with a test of what is not saved yet. */
import { Button, Group, Stack } from '@mantine/core'
import type { OpenIdView } from '@sallyport/contract'
import { CopyText, Notice, Section } from '@sallyport/ui'
import { CheckField } from '../../lib/fields.tsx'
import { UnsavedGuard } from '../../lib/unsaved-guard.tsx'
import { VersionedNotices } from '../../lib/versioned-notices.tsx'
import { t } from '../../lib/words.ts'
import { ClientFields, PeopleFields } from './provider-fields.tsx'
import { TestOutcome } from './test-outcome.tsx'
import { useProviderForm } from './use-provider-form.ts'
import './page-words.ts'

export function ProviderForm({ saved }: { readonly saved: OpenIdView }) {
  const { form, notices, test, saving, save, tryIt } = useProviderForm(saved)
  const { control, formState } = form
  return (
    <form onSubmit={(event) => void save(event)} noValidate>
      <UnsavedGuard when={formState.isDirty && !saving} />
      <Stack gap="lg">
        <Section title={t('sign-in-provider.there.title')} description={t('sign-in-provider.there.text')}>
          <RedirectUri uri={saved.redirectUri} />
        </Section>
        <Section title={t('sign-in-provider.here.title')} description={t('sign-in-provider.here.text')}>
          <ClientFields form={form} saved={saved} />
        </Section>
        <Section title={t('sign-in-provider.people.title')} description={t('sign-in-provider.people.text')}>
          <PeopleFields form={form} />
        </Section>
        <CheckField
          control={control}
          name="enabled"
          label={t('sign-in-provider.enabled')}
          description={t('sign-in-provider.enabledHint')}
        />
        <VersionedNotices of={notices} />
        <Group gap="sm">
          <Button type="submit" loading={saving}>
            {t('sign-in-provider.save')}
          </Button>
          <Button variant="default" loading={test.isPending} onClick={() => void tryIt()}>
            {t('sign-in-provider.test.submit')}
          </Button>
        </Group>
        <div aria-live="polite">{test.data !== undefined && <TestOutcome result={test.data} />}</div>
      </Stack>
    </form>
  )
}

function RedirectUri({ uri }: { readonly uri: string | null }) {
  if (uri !== null) return <CopyText value={uri} />
  return (
    <Notice state="warning" title={t('sign-in-provider.there.noAddress')}>
      {t('sign-in-provider.there.noAddressText')}
    </Notice>
  )
}
