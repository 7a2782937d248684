/** The dialog *Add RADIUS Server*, which is also the one that edits: the known fields first, what is newer folded. */
import { Stack } from '@mantine/core'
import {
  api,
  changeRadiusServerInput,
  isSameAddress,
  radiusTransport,
  type RadiusServerView,
} from '@sallyport/contract'
import { FoldedSection, FormDialog, notifyDone } from '@sallyport/ui'
import { useWatch } from 'react-hook-form'
import type { z } from 'zod'
import { NumberField, SelectField, TextAreaField } from '../../lib/fields.tsx'
import { useMay } from '../../lib/session.ts'
import { SecretField, TextField } from '../../lib/text-fields.tsx'
import { useVersionedForm } from '../../lib/use-versioned-form.ts'
import { VersionedNotices } from '../../lib/versioned-notices.tsx'
import { t } from '../../lib/words.ts'
import { AccountingField } from './accounting-field.tsx'
import { radiusServerName, useChangeServer, useCreateServer } from './radius-server-data.ts'
import './page-words.ts'

const schema = changeRadiusServerInput.omit({ version: true })
type Values = z.input<typeof schema>
const pemStyles = { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8rem' } }
const foldedFields = ['timeoutSeconds', 'tries', 'messageAuthenticator'] as const

export interface RadiusServerDialogProps {
  /** Undefined: a new one. */
  readonly server: RadiusServerView | undefined
  readonly onClose: () => void
}

export function RadiusServerDialog({ server, onClose }: RadiusServerDialogProps) {
  const isNew = server === undefined
  const { may, reason } = useMay(api.radiusServers.create)
  const create = useCreateServer()
  const change = useChangeServer()
  const { form, notices, save } = useVersionedForm({
    ...{ schema, current: server, valuesOf: defaultsOf },
    save: (values, over) =>
      over === undefined
        ? create.mutateAsync(values)
        : change.mutateAsync({ ...values, id: over.id, version: over.version }),
    onSaved: (saved) => {
      notifyDone(t(`radius-servers.dialog.${isNew ? 'added' : 'saved'}`, { name: radiusServerName(saved) }))
      onClose()
    },
  })
  const { control, formState } = form
  const typed = useWatch({ control })
  const { transport } = typed
  const keepsSecret = server?.hasSharedSecret === true && isSameAddress(server, typed)
  const word = (key: string) => t(`radius-servers.dialog.${key}`)
  const field = { control, disabled: !may }
  const pem = { ...field, autosize: true, minRows: 3, maxRows: 8, spellCheck: false, styles: pemStyles, required: true }
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={isNew ? word('addTitle') : t('radius-servers.dialog.editTitle', { name: radiusServerName(server) })}
      submitLabel={word(isNew ? 'addSubmit' : 'save')}
      onSubmit={(event) => void save(event)}
      pending={formState.isSubmitting}
      dirty={formState.isDirty}
      submitDisabled={!may}
    >
      <VersionedNotices of={notices} reason={reason} />
      <TextField
        {...field}
        name="host"
        label={word('host')}
        description={word('hostHint')}
        required
        autoComplete="off"
        data-autofocus
      />
      {transport === 'udp' && (
        <SecretField
          {...field}
          name="sharedSecret"
          emptyIsAbsent
          label={word('sharedSecret')}
          description={word(keepsSecret ? 'sharedSecretKept' : 'sharedSecretHint')}
          required={!keepsSecret}
        />
      )}
      <NumberField {...field} name="authenticationPort" label={word('authenticationPort')} required maw="16rem" />
      <AccountingField control={control} name="accountingPort" disabled={!may} overTls={transport === 'radsec'} />
      <SelectField
        {...field}
        name="transport"
        label={word('transport')}
        description={word('transportHint')}
        data={radiusTransport.options.map((value) => ({ value, label: t(`radius-servers.transports.${value}`) }))}
      />
      {transport === 'radsec' && (
        <>
          <TextAreaField {...pem} name="caPem" label={word('caPem')} description={word('caPemHint')} />
          <TextAreaField
            {...pem}
            name="certificatePem"
            label={word('certificatePem')}
            description={word('certificatePemHint')}
          />
          <TextAreaField
            {...pem}
            name="privateKey"
            label={word('privateKey')}
            description={word(server?.hasPrivateKey === true ? 'privateKeyKept' : 'privateKeyHint')}
            required={server?.hasPrivateKey !== true}
          />
        </>
      )}
      <FoldedSection
        title={word('more')}
        hint={word('moreHint')}
        forceOpen={foldedFields.some((name) => formState.errors[name] !== undefined)}
      >
        <Stack>
          <NumberField
            {...field}
            name="timeoutSeconds"
            label={word('timeoutSeconds')}
            description={word('timeoutSecondsHint')}
            suffix=" s"
            maw="24rem"
          />
          <NumberField {...field} name="tries" label={word('tries')} description={word('triesHint')} maw="24rem" />
          <SelectField
            {...field}
            name="messageAuthenticator"
            label={word('messageAuthenticator')}
            description={word('messageAuthenticatorHint')}
            data={(['auto', 'require'] as const).map((value) => ({
              value,
              label: t(`radius-servers.dialog.policy.${value}`),
            }))}
          />
        </Stack>
      </FoldedSection>
    </FormDialog>
  )
}

function defaultsOf(server: RadiusServerView | undefined): Values {
  return {
    host: server?.host ?? '',
    authenticationPort: server?.authenticationPort ?? 1812,
    accountingPort: server?.accountingPort ?? null,
    transport: server?.transport ?? 'udp',
    timeoutSeconds: server?.timeoutSeconds ?? 3,
    tries: server?.tries ?? 3,
    messageAuthenticator: server?.messageAuthenticator ?? 'auto',
    caPem: server?.caPem ?? '',
    certificatePem: server?.certificatePem ?? '',
    sharedSecret: undefined,
    privateKey: undefined,
  }
}
