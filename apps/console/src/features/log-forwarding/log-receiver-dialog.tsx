/** The dialog that adds a receiver or edits one: where, how, and what it is to be sent. */
import { Fieldset, Stack } from '@mantine/core'
import { api, logTransport, type LogReceiverView } from '@sallyport/contract'
import { FormDialog, Notice, notifyDone } from '@sallyport/ui'
import { useState } from 'react'
import { ApiProblem } from '../../lib/api.ts'
import { ChangedMeanwhile } from '../../lib/changed-meanwhile.tsx'
import { CheckField, SelectField } from '../../lib/fields.tsx'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { useMay } from '../../lib/session.ts'
import { TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import { useChangeLogReceiver, useCreateLogReceiver } from './log-receiver-data.ts'
import { logReceiverForm, usualPorts, valuesOf } from './log-receiver-values.ts'
import { TransportFields } from './transport-fields.tsx'
import './page-words.ts'

const kinds = ['signIns', 'questions', 'changes', 'accounting'] as const
const word = (key: string) => t(`log-forwarding.dialog.${key}`)

export interface LogReceiverDialogProps {
  /** Undefined: a new one. */
  readonly receiver: LogReceiverView | undefined
  readonly onClose: () => void
}

export function LogReceiverDialog({ receiver, onClose }: LogReceiverDialogProps) {
  const isNew = receiver === undefined
  const { may, reason } = useMay(api.logReceivers.create)
  const form = useSchemaForm(logReceiverForm, valuesOf(receiver))
  const { control, formState } = form
  const create = useCreateLogReceiver()
  const change = useChangeLogReceiver()
  const [problem, setProblem] = useState<string>()
  const [conflict, setConflict] = useState(false)
  const [version, setVersion] = useState(receiver?.version ?? 1)
  const saveAs = (sentVersion: number) =>
    form.handleSubmit(async (values) => {
      setProblem(undefined)
      setConflict(false)
      try {
        const { name } = isNew
          ? await create.mutateAsync(values)
          : await change.mutateAsync({ ...values, id: receiver.id, version: sentVersion })
        notifyDone(t(`log-forwarding.dialog.${isNew ? 'added' : 'saved'}`, { name }))
        onClose()
      } catch (error) {
        if (error instanceof ApiProblem && error.code === 'changed-meanwhile') setConflict(true)
        else setProblem(applyProblem(form, error))
      }
    })
  /** A port that nobody chose follows the transport. */
  const followTransport = (chosen: string | null) => {
    const transport = logTransport.options.find((each) => each === chosen)
    const ports: readonly (number | undefined)[] = Object.values(usualPorts)
    if (transport === undefined || transport === 'https') return
    if (ports.includes(form.getValues('configuration.port')))
      form.setValue('configuration.port', usualPorts[transport], { shouldDirty: true })
  }
  const field = { control, disabled: !may }
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={isNew ? t('log-forwarding.add') : t('log-forwarding.dialog.edit', { name: receiver.name })}
      submitLabel={isNew ? t('log-forwarding.add') : word('save')}
      onSubmit={(event) => void saveAs(version)(event)}
      pending={formState.isSubmitting}
      dirty={formState.isDirty}
      submitDisabled={!may}
    >
      {reason !== undefined && <Notice state="neutral" title={reason} />}
      {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
      {conflict && receiver !== undefined && (
        <ChangedMeanwhile
          form={form}
          theirs={valuesOf(receiver)}
          onTakeTheirs={() => {
            setConflict(false)
            setVersion(receiver.version)
            form.reset(valuesOf(receiver))
          }}
          onSaveMine={() => void saveAs(receiver.version)()}
        />
      )}
      <TextField
        {...field}
        name="name"
        label={word('name')}
        description={word('nameHint')}
        required
        autoComplete="off"
        data-autofocus
      />
      <SelectField
        {...field}
        name="configuration.transport"
        label={word('transport')}
        description={word('transportHint')}
        data={logTransport.options.map((value) => ({ value, label: t(`log-forwarding.transport.${value}`) }))}
        onOptionSubmit={followTransport}
      />
      <TransportFields control={control} disabled={!may} receiver={receiver} />
      <Fieldset legend={word('what')}>
        <Stack gap="xs">
          {kinds.map((kind) => (
            <CheckField
              key={kind}
              {...field}
              name={kind}
              label={t(`log-forwarding.kind.${kind}`)}
              description={t(`log-forwarding.kindHint.${kind}`)}
            />
          ))}
        </Stack>
      </Fieldset>
      <CheckField {...field} name="enabled" label={word('enabled')} description={word('enabledHint')} />
    </FormDialog>
  )
}
