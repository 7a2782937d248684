/** The dialog that adds a gateway or edits one: its type's own fields, the secret, and what is rarely changed folded. */
import { Box, Group, Select, Stack, Text } from '@mantine/core'
import { api, createGatewayInput, type GatewayKind, type GatewayType, type GatewayView } from '@sallyport/contract'
import { CopyText, FoldedSection, FormDialog, notifyDone } from '@sallyport/ui'
import { useWatch } from 'react-hook-form'
import { CheckField } from '../../lib/fields.tsx'
import { useMay } from '../../lib/session.ts'
import { SecretField, TextField } from '../../lib/text-fields.tsx'
import { useVersionedForm } from '../../lib/use-versioned-form.ts'
import { VersionedNotices } from '../../lib/versioned-notices.tsx'
import { t } from '../../lib/words.ts'
import { useChangeGateway, useCreateGateway } from './gateway-data.ts'
import { asTyped, defaults, layouts, typesOf } from './gateway-defaults.ts'
import { GatewayFields, type GatewayValues } from './gateway-fields.tsx'
import './gateway-words.ts'

export interface GatewayDialogProps {
  readonly kind: GatewayKind
  /** Undefined: a new one. */
  readonly gateway: GatewayView | undefined
  readonly onClose: () => void
}

export function GatewayDialog({ kind, gateway, onClose }: GatewayDialogProps) {
  const isNew = gateway === undefined
  const { may, reason } = useMay(api.gateways.create)
  const create = useCreateGateway()
  const change = useChangeGateway()
  const { form, notices, save } = useVersionedForm({
    ...{ schema: createGatewayInput, current: gateway },
    valuesOf: (current) => valuesOf(current, typesOf[kind]),
    save: (values, over) =>
      over === undefined
        ? create.mutateAsync(values)
        : change.mutateAsync({ ...values, id: over.id, version: over.version }),
    onSaved: ({ name }) => {
      notifyDone(t(`gateways.dialog.${isNew ? 'added' : 'saved'}`, { name }))
      onClose()
    },
  })
  const { control, formState } = form
  const type = useWatch({ control, name: 'configuration.type' })
  const field = { control, disabled: !may }
  const layout = layouts[type]
  const wrong = formState.errors.configuration ?? {}
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={isNew ? t(`gateways.dialog.add.${kind}`) : t('gateways.dialog.edit', { name: gateway.name })}
      submitLabel={t(`gateways.dialog.${isNew ? 'addSubmit' : 'save'}`)}
      onSubmit={(event) => void save(event)}
      pending={formState.isSubmitting}
      dirty={formState.isDirty}
      submitDisabled={!may}
    >
      <VersionedNotices of={notices} reason={reason} />
      {isNew && typesOf[kind].length > 1 && (
        <Select
          label={t('gateways.dialog.type')}
          data={typesOf[kind].map((value) => ({ value, label: t(`gateways.type.${value}`) }))}
          value={type}
          allowDeselect={false}
          maw="24rem"
          onChange={(chosen) => {
            const next = typesOf[kind].find((each) => each === chosen) ?? type
            form.reset({ ...form.getValues(), configuration: defaults[next] }, { keepDirty: true })
          }}
        />
      )}
      <TextField
        {...field}
        name="name"
        label={t('gateways.field.name')}
        description={t('gateways.hint.name')}
        required
        autoComplete="off"
        data-autofocus
      />
      <GatewayFields key={type} {...field} errors={formState.errors} layout={layout.main} />
      <SecretField
        {...field}
        name="secret"
        emptyIsAbsent
        label={t(`gateways.secret.${type}`)}
        description={gateway?.hasSecret === true ? t('gateways.secretKept') : t(`gateways.secretHint.${type}`, asTyped)}
      />
      <CheckField
        {...field}
        name="enabled"
        label={t('gateways.field.enabled')}
        description={t('gateways.hint.enabled')}
      />
      <FoldedSection
        title={t('gateways.dialog.more')}
        hint={t(`gateways.dialog.moreHint.${kind}`)}
        forceOpen={layout.more.some(([key]) => key in wrong) || formState.errors.callbackSecret !== undefined}
      >
        <Stack>
          <GatewayFields key={type} {...field} errors={formState.errors} layout={layout.more} />
          {type === 'http-sms' && (
            <SecretField
              {...field}
              name="callbackSecret"
              emptyIsAbsent
              label={t('gateways.callbackSecret')}
              description={t(
                gateway?.hasCallbackSecret === true ? 'gateways.secretKept' : 'gateways.callbackSecretHint',
              )}
            />
          )}
        </Stack>
      </FoldedSection>
      <CallbackAddresses type={type} gateway={gateway} />
    </FormDialog>
  )
}

/** What the provider has to be told by hand. */
const toldByHand: Partial<Record<GatewayType, readonly ('receipt' | 'reply')[]>> = {
  'http-sms': ['receipt', 'reply'],
  'twilio-sms': ['reply'],
}

function CallbackAddresses({
  type,
  gateway,
}: {
  readonly type: GatewayType
  readonly gateway: GatewayView | undefined
}) {
  const kinds = toldByHand[type]
  if (kinds === undefined) return null
  const base =
    gateway !== undefined && 'callbackUrl' in gateway.configuration ? gateway.configuration.callbackUrl : null
  if (gateway !== undefined && base === null) return null
  return (
    <Box>
      <Text size="sm" fw={500}>
        {t('gateways.dialog.callbacks')}
      </Text>
      <Text size="xs" c="dimmed">
        {t(base === null ? 'gateways.dialog.callbacksLater' : 'gateways.dialog.callbacksText')}
      </Text>
      {base !== null &&
        gateway !== undefined &&
        kinds.map((kind) => (
          <Group key={kind} gap="xs" mt={4} style={{ overflowWrap: 'anywhere' }}>
            <Text size="sm">{t(`gateways.dialog.callback.${kind}`)}</Text>
            <CopyText value={`${base.replace(/\/+$/u, '')}/callbacks/${gateway.id}/${kind}`} />
          </Group>
        ))}
    </Box>
  )
}

function valuesOf(gateway: GatewayView | undefined, types: readonly GatewayType[]): GatewayValues {
  return {
    name: gateway?.name ?? '',
    enabled: gateway?.enabled ?? true,
    configuration: gateway?.configuration ?? defaults[types[0] ?? 'smtp'],
    secret: undefined,
    callbackSecret: undefined,
  }
}
