/** Who is told, and of what. */
import { Button, Checkbox, Fieldset, Group, Stack, TagsInput } from '@mantine/core'
import { alertKind, alertSettings, api, type AlertSettings } from '@sallyport/contract'
import { Notice, notifyDone } from '@sallyport/ui'
import { useState } from 'react'
import { useController } from 'react-hook-form'
import { ApiProblem } from '../../lib/api.ts'
import { ChangedMeanwhile } from '../../lib/changed-meanwhile.tsx'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { useMay } from '../../lib/session.ts'
import { UnsavedGuard } from '../../lib/unsaved-guard.tsx'
import { sentence, t } from '../../lib/words.ts'
import { useChangeAlerts } from './alert-data.ts'
import './page-words.ts'

export function AlertForm({ settings }: { readonly settings: AlertSettings }) {
  const { may, reason } = useMay(api.alerts.change)
  const form = useSchemaForm(alertSettings, settings)
  const { control, formState } = form
  const recipients = useController({ control, name: 'recipients' })
  const kinds = useController({ control, name: 'kinds' })
  const change = useChangeAlerts()
  const [problem, setProblem] = useState<string>()
  const [conflict, setConflict] = useState(false)
  const saveAs = (version: number) =>
    form.handleSubmit(async (values) => {
      setProblem(undefined)
      setConflict(false)
      try {
        form.reset((await change.mutateAsync({ ...values, version })).settings)
        notifyDone(t('alerts.saved'))
      } catch (error) {
        if (error instanceof ApiProblem && error.code === 'changed-meanwhile') setConflict(true)
        else setProblem(applyProblem(form, error))
      }
    })
  // The list has an error of its own, or the first of its addresses that has one.
  const error: unknown = recipients.fieldState.error
  const wrong = (Array.isArray(error) ? error.find((each) => each !== undefined) : error) as
    { readonly message?: string } | undefined
  return (
    <form onSubmit={(event) => void saveAs(form.getValues('version'))(event)} noValidate>
      <UnsavedGuard when={formState.isDirty} />
      <Stack>
        {reason !== undefined && <Notice state="neutral" title={reason} />}
        {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
        {conflict && (
          <ChangedMeanwhile
            form={form}
            theirs={settings}
            onTakeTheirs={() => {
              setConflict(false)
              form.reset(settings)
            }}
            onSaveMine={() => void saveAs(settings.version)()}
          />
        )}
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
