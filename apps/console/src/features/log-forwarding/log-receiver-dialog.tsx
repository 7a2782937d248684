/** The dialog that adds a receiver or edits one: where, how, and what it is to be sent. */
import { Fieldset, Stack } from '@mantine/core'
import { api, logTransport, type LogReceiverView } from '@sallyport/contract'
import { FormDialog, notifyDone } from '@sallyport/ui'
import { CheckField, SelectField } from '../../lib/fields.tsx'
import { useMay } from '../../lib/session.ts'
import { TextField } from '../../lib/text-fields.tsx'
import { useVersionedForm } from '../../lib/use-versioned-form.ts'
import { VersionedNotices } from '../../lib/versioned-notices.tsx'
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
  const create = useCreateLogReceiver()
  const change = useChangeLogReceiver()
  const { form, notices, save } = useVersionedForm({
    ...{ schema: logReceiverForm, current: receiver, valuesOf },
    save: (values, over) =>
      over === undefined
        ? create.mutateAsync(values)
        : change.mutateAsync({ ...values, id: over.id, version: over.version }),
    onSaved: ({ name }) => {
      notifyDone(t(`log-forwarding.dialog.${isNew ? 'added' : 'saved'}`, { name }))
      onClose()
    },
  })
  const { control, formState } = form
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
      onSubmit={(event) => void save(event)}
      pending={formState.isSubmitting}
      dirty={formState.isDirty}
      submitDisabled={!may}
    >
      <VersionedNotices of={notices} reason={reason} />
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
