/** Saves a RADIUS client from its form: adds it, or changes it without losing what somebody else saved meanwhile. */
import type { RadiusClientView } from '@sallyport/contract'
import { useVersionedForm } from '../../lib/use-versioned-form.ts'
import { clientFormDefaults, clientFormSchema } from './client-form-schema.ts'
import { useChangeClient, useCreateClient } from './mutations.ts'

/** `sharedSecret` is known only at this moment, where it was typed. */
export interface SavedClient {
  readonly client: RadiusClientView
  readonly sharedSecret: string | undefined
  readonly isNew: boolean
}

export function useClientForm(client: RadiusClientView | undefined, onSaved: (saved: SavedClient) => void) {
  const isNew = client === undefined
  const create = useCreateClient()
  const change = useChangeClient()
  const { form, notices, save } = useVersionedForm({
    ...{ schema: clientFormSchema(isNew), current: client, valuesOf: clientFormDefaults },
    save: ({ sharedSecret, confirmSecret, ...values }, over) => {
      if (over === undefined) return create.mutateAsync({ ...values, sharedSecret: confirmSecret })
      const secret = sharedSecret === undefined ? {} : { sharedSecret }
      return change.mutateAsync({ ...values, ...secret, id: over.id, version: over.version })
    },
    onSaved: (saved, { sharedSecret }) => onSaved({ client: saved, sharedSecret, isNew }),
  })
  return { form, notices, isNew, save }
}
