/** The days of each kind. What goes by a shorter time is counted and shown, and nothing is saved before somebody agrees to it. */
import { Button, Group, Stack } from '@mantine/core'
import {
  api,
  retentionKind,
  retentionSettings,
  type RetentionPreview,
  type RetentionSettings,
  type RetentionView,
} from '@sallyport/contract'
import { Notice, notifyDone } from '@sallyport/ui'
import { useState } from 'react'
import { ApiProblem } from '../../lib/api.ts'
import { ChangedMeanwhile } from '../../lib/changed-meanwhile.tsx'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { useMay } from '../../lib/session.ts'
import { UnsavedGuard } from '../../lib/unsaved-guard.tsx'
import { t } from '../../lib/words.ts'
import { ConfirmRemoval } from './confirm-removal.tsx'
import { KindField } from './kind-field.tsx'
import { useChangeRetention, usePreviewRetention } from './retention-data.ts'
import './page-words.ts'

interface Agreeing {
  readonly values: RetentionSettings
  readonly preview: RetentionPreview
}

export function RetentionForm({ view: { settings, stock } }: { readonly view: RetentionView }) {
  const { may, reason } = useMay(api.retention.change)
  const form = useSchemaForm(retentionSettings, settings)
  const preview = usePreviewRetention()
  const change = useChangeRetention()
  const [problem, setProblem] = useState<string>()
  const [conflict, setConflict] = useState(false)
  const [agreeing, setAgreeing] = useState<Agreeing>()

  const attempt = async (work: () => Promise<void>) => {
    setProblem(undefined)
    setConflict(false)
    try {
      await work()
    } catch (error) {
      setAgreeing(undefined)
      if (error instanceof ApiProblem && error.code === 'changed-meanwhile') setConflict(true)
      else setProblem(applyProblem(form, error))
    }
  }
  const save = (values: RetentionSettings, previewId: string | null) =>
    attempt(async () => {
      form.reset((await change.mutateAsync({ ...values, previewId })).settings)
      setAgreeing(undefined)
      notifyDone(t('retention.saved'))
    })
  const submit = (version: number) =>
    form.handleSubmit((input) =>
      attempt(async () => {
        const values = { ...input, version }
        if (!isShorter(settings, values)) return save(values, null)
        const found = await preview.mutateAsync(values.days)
        setAgreeing({ values, preview: found })
      }),
    )

  return (
    <form onSubmit={(event) => void submit(form.getValues('version'))(event)} noValidate>
      <UnsavedGuard when={form.formState.isDirty} />
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
            onSaveMine={() => void submit(settings.version)()}
          />
        )}
        {retentionKind.options.map((kind) => (
          <KindField
            key={kind}
            control={form.control}
            kind={kind}
            stock={stock?.kinds.find((each) => each.kind === kind)}
            disabled={!may}
          />
        ))}
        <Group>
          <Button
            type="submit"
            loading={preview.isPending || (change.isPending && agreeing === undefined)}
            disabled={!may || !form.formState.isDirty}
          >
            {t('retention.save')}
          </Button>
        </Group>
      </Stack>
      {agreeing !== undefined && (
        <ConfirmRemoval
          preview={agreeing.preview}
          days={agreeing.values.days}
          pending={change.isPending}
          onClose={() => setAgreeing(undefined)}
          onConfirm={() => void save(agreeing.values, agreeing.preview.id)}
        />
      )}
    </form>
  )
}

function isShorter({ days: present }: RetentionSettings, { days: wanted }: RetentionSettings): boolean {
  return retentionKind.options.some((kind) => (wanted[kind] ?? Infinity) < (present[kind] ?? Infinity))
}
