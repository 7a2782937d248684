/** What lets people into the portal who have lost their second factor: recovery codes, and security questions where they are allowed. */
import { Checkbox, Stack } from '@mantine/core'
import { api, type PortalFallbackSettings } from '@sallyport/contract'
import { ErrorPanel, LoadingPanel, Notice, notifyDone, notifyFailed, Section } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { problemText } from '../../lib/problem-text.ts'
import { useMay } from '../../lib/session.ts'
import { t } from '../../lib/words.ts'
import { fallbackSettingsQuery, useChangeFallbackSettings } from './fallback-settings.ts'
import { Questions } from './questions.tsx'
import './page-words.ts'

export function Fallback() {
  const { data, error, refetch } = useQuery(fallbackSettingsQuery)
  return (
    <Section title={t('user-portal.fallback.title')} description={t('user-portal.fallback.text')}>
      {data !== undefined && <Settings settings={data} />}
      {data === undefined && error === null && <LoadingPanel lines={3} />}
      {data === undefined && error !== null && (
        <ErrorPanel title={t('user-portal.failed')} detail={problemText(error)} onRetry={() => void refetch()} />
      )}
    </Section>
  )
}

function Settings({ settings }: { readonly settings: PortalFallbackSettings }) {
  const { may } = useMay(api.portalFallback.changeSettings)
  const change = useChangeFallbackSettings()
  const shown = change.isPending ? change.variables : settings
  const disabled = !may || change.isPending
  const save = (changed: Partial<PortalFallbackSettings>) =>
    change.mutate(
      { ...settings, ...changed },
      {
        onSuccess: () => notifyDone(t('user-portal.saved')),
        onError: (error) => notifyFailed(t('user-portal.notSaved'), problemText(error)),
      },
    )
  return (
    <Stack gap="md">
      <Checkbox
        label={t('user-portal.fallback.codes')}
        description={t('user-portal.fallback.codes-hint')}
        checked={shown.recoveryCodes}
        disabled={disabled}
        onChange={(event) => save({ recoveryCodes: event.currentTarget.checked })}
      />
      <Checkbox
        label={t('user-portal.fallback.questions')}
        description={t('user-portal.fallback.questions-hint')}
        checked={shown.securityQuestions}
        disabled={disabled}
        onChange={(event) => save({ securityQuestions: event.currentTarget.checked })}
      />
      {shown.securityQuestions && (
        <>
          <Notice state="warning" title={t('user-portal.fallback.warning')}>
            {t('user-portal.fallback.warningText')}
          </Notice>
          <Questions key={settings.version} settings={settings} disabled={disabled} onSave={save} />
        </>
      )}
    </Stack>
  )
}
