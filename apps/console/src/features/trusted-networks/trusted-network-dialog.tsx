/** The dialog of one trusted network: its name, its addresses, where they are read, and for which client. */
import { api, createTrustedNetworkInput, type TrustedNetworkView } from '@sallyport/contract'
import { FormDialog, Notice, notifyDone } from '@sallyport/ui'
import { useState } from 'react'
import type { z } from 'zod'
import { ClientField, clientChoice } from '../../lib/client-field.tsx'
import { CheckField, SelectField } from '../../lib/fields.tsx'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { useMay } from '../../lib/session.ts'
import { TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import { useSaveTrustedNetwork } from './trusted-network-data.ts'
import './page-words.ts'

const formSchema = createTrustedNetworkInput.extend({ clientId: clientChoice })
type Values = z.input<typeof formSchema>

export interface TrustedNetworkDialogProps {
  /** Undefined: a new one. */
  readonly network: TrustedNetworkView | undefined
  /** That an address may be read in. */
  readonly attributes: readonly string[]
  readonly onClose: () => void
}

export function TrustedNetworkDialog({ network, attributes, onClose }: TrustedNetworkDialogProps) {
  const { may, reason } = useMay(api.trustedNetworks.create)
  const form = useSchemaForm(formSchema, defaultsOf(network))
  const save = useSaveTrustedNetwork(network)
  const [problem, setProblem] = useState<string>()
  const submit = form.handleSubmit(async (body) => {
    setProblem(undefined)
    try {
      const { name } = await save.mutateAsync(body)
      notifyDone(t(network === undefined ? 'trusted-networks.added' : 'trusted-networks.saved', { name }))
      onClose()
    } catch (error) {
      setProblem(applyProblem(form, error))
    }
  })
  const { control, formState } = form
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t(network === undefined ? 'trusted-networks.add' : 'trusted-networks.editTitle')}
      submitLabel={t(network === undefined ? 'trusted-networks.add' : 'trusted-networks.save')}
      onSubmit={(event) => void submit(event)}
      pending={formState.isSubmitting}
      dirty={formState.isDirty}
      submitDisabled={!may}
    >
      {reason !== undefined && <Notice state="neutral" title={reason} />}
      {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
      <TextField
        control={control}
        name="name"
        label={t('trusted-networks.name')}
        description={t('trusted-networks.nameHint')}
        disabled={!may}
        required
        data-autofocus
      />
      <TextField
        control={control}
        name="addresses"
        label={t('trusted-networks.addresses')}
        description={t('trusted-networks.addressesHint')}
        placeholder="192.0.2.0/24"
        disabled={!may}
        required
      />
      <SelectField
        control={control}
        name="attribute"
        label={t('trusted-networks.attribute')}
        description={t('trusted-networks.attributeHint')}
        data={[...attributes]}
        searchable
        disabled={!may}
      />
      <ClientField control={control} name="clientId" disabled={!may} />
      <CheckField control={control} name="enabled" label={t('trusted-networks.enabled')} disabled={!may} />
    </FormDialog>
  )
}

function defaultsOf(network: TrustedNetworkView | undefined): Values {
  const { name, addresses, attribute, clientId, enabled } = network ?? {
    ...{ name: '', addresses: '', attribute: 'Calling-Station-Id', clientId: null, enabled: true },
  }
  return { name, addresses, attribute, clientId: clientId ?? '', enabled }
}
