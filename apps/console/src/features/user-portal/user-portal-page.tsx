/** User Portal: where people find it, and what they may do there for themselves; each box is saved at once. */
import { Checkbox, Stack } from '@mantine/core'
import { api, enrolmentMethod, type EndpointResponse } from '@sallyport/contract'
import { CopyText, ErrorPanel, LoadingPanel, Notice, notifyDone, notifyFailed, Page, Section } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { problemText } from '../../lib/problem-text.ts'
import { useMay } from '../../lib/session.ts'
import { t } from '../../lib/words.ts'
import { Fallback } from './fallback.tsx'
import { OwnChoices } from './own-choices.tsx'
import { PhonePrefixes } from './phone-prefixes.tsx'
import { portalSettingsQuery, useChangePortalSettings } from './settings.ts'
import './page-words.ts'

type SettingsView = EndpointResponse<typeof api.portalAdministration.readSettings>

export function UserPortalPage() {
  const { data, error, refetch } = useQuery(portalSettingsQuery)
  return (
    <Page title={t('user-portal.title')} description={t('user-portal.description')} width="reading">
      {data !== undefined && <Settings settings={data} />}
      {data === undefined && error === null && <LoadingPanel lines={4} />}
      {data === undefined && error !== null && (
        <ErrorPanel title={t('user-portal.failed')} detail={problemText(error)} onRetry={() => void refetch()} />
      )}
    </Page>
  )
}

function Settings({ settings }: { readonly settings: SettingsView }) {
  const { may, reason } = useMay(api.portalAdministration.changeSettings)
  const change = useChangePortalSettings()
  const { url, ...saved } = settings
  const shown = change.isPending ? change.variables : saved
  const save = (changed: Partial<typeof saved>) =>
    change.mutate(
      { ...saved, ...changed },
      {
        onSuccess: () => notifyDone(t('user-portal.saved')),
        onError: (error) => notifyFailed(t('user-portal.notSaved'), problemText(error)),
      },
    )
  const disabled = !may || change.isPending
  return (
    <Stack gap="lg">
      {reason !== undefined && <Notice state="neutral" title={reason} />}
      <Section title={t('user-portal.address.title')} description={t('user-portal.address.text')}>
        <CopyText value={url} />
      </Section>
      <Section title={t('user-portal.methods.title')} description={t('user-portal.methods.about')}>
        <Stack gap="md">
          {enrolmentMethod.options.map((method) => (
            <Checkbox
              key={method}
              label={t(`user-portal.methods.${method}`)}
              description={t(`user-portal.methods.${method}-hint`)}
              checked={shown.methods.includes(method)}
              disabled={disabled}
              onChange={({ currentTarget: { checked } }) =>
                save({
                  methods: enrolmentMethod.options.filter((each) =>
                    each === method ? checked : saved.methods.includes(each),
                  ),
                })
              }
            />
          ))}
          <PhonePrefixes
            prefixes={shown.phonePrefixes}
            disabled={disabled}
            onSave={(phonePrefixes) => save({ phonePrefixes })}
          />
        </Stack>
      </Section>
      <OwnChoices settings={shown} disabled={disabled} onSave={save} />
      <Section title={t('user-portal.first.title')} description={t('user-portal.first.text')}>
        <Stack gap="md">
          <Checkbox
            label={t('user-portal.first.label')}
            description={t('user-portal.first.hint')}
            checked={shown.enrolFirst}
            disabled={disabled}
            onChange={(event) => save({ enrolFirst: event.currentTarget.checked })}
          />
          {shown.enrolFirst && <Notice state="warning" title={t('user-portal.first.warning')} />}
        </Stack>
      </Section>
      <Fallback />
    </Stack>
  )
}
