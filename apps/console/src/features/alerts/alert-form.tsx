/** Who is told, and of what. */
import { Button, Checkbox, Fieldset, Group, Stack, TagsInput } from '@mantine/core'
import { alertKind, alertSettings, api, type AlertSettings } from '@sallyport/contract'
import { notifyDone } from '@sallyport/ui'
import { useController } from 'react-hook-form'
import { useMay } from '../../lib/session.ts'
import { UnsavedGuard } from '../../lib/unsaved-guard.tsx'
import { useVersionedForm } from '../../lib/use-versioned-form.ts'
import { VersionedNotices } from '../../lib/versioned-notices.tsx'
import { sentence, t } from '../../lib/words.ts'
import { useChangeAlerts } from './alert-data.ts'
import './page-words.ts'

const schema = alertSettings.omit({ version: true })

export function AlertForm({ settings }: { readonly settings: AlertSettings }) {
  const { may, reason } = useMay(api.alerts.change)
  const change = useChangeAlerts()
  const { form, notices, save } = useVersionedForm({
    ...{ schema, current: settings },
    valuesOf: ({ recipients, kinds }) => ({ recipients, kinds }),
    save: async (values, { version }) => (await change.mutateAsync({ ...values, version })).settings,
    onSaved: () => notifyDone(t('alerts.saved')),
  })
  const { control, formState } = form
  const recipients = useController({ control, name: 'recipients' })
  const kinds = useController({ control, name: 'kinds' })
  // The list has an error of its own, or the first of its addresses that has one.
  const error: unknown = recipients.fieldState.error
  const wrong = (Array.isArray(error) ? error.find((each) => each !== undefined) : error) as
    { readonly message?: string } | undefined
  return (
    <form onSubmit={(event) => void save(event)} noValidate>
      <UnsavedGuard when={formState.isDirty} />
      <Stack>
        <VersionedNotices of={notices} reason={reason} />
        <TagsInput
          {...recipients.field}
          label={t('alerts.recipients')}
          description={t('alerts.recipientsHint')}
          error={wrong?.message === undefined ? null : sentence(wrong.message)}
          splitChars={[',', ';', ' ']}
          acceptValueOnBlur
          maxTags={10}
          disabled={!may}
          maw="46rem"
        />
        <Fieldset legend={t('alerts.kinds')}>
          <Checkbox.Group
            value={kinds.field.value}
            onChange={(chosen) => kinds.field.onChange(alertKind.options.filter((kind) => chosen.includes(kind)))}
          >
            <Stack gap="sm">
              {alertKind.options.map((kind) => (
                <Checkbox
                  key={kind}
                  value={kind}
                  label={t(`alerts.kind.${kind}`)}
                  description={t(`alerts.kindHint.${kind}`)}
                  disabled={!may}
                />
              ))}
            </Stack>
          </Checkbox.Group>
        </Fieldset>
        <Group>
          <Button type="submit" loading={formState.isSubmitting} disabled={!may || !formState.isDirty}>
            {t('alerts.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
