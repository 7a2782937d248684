/** Saves a RADIUS client from its form: adds it, or changes it without losing what somebody else saved meanwhile. */
import type { RadiusClientView } from '@sallyport/contract'
import { useState } from 'react'
import { ApiProblem } from '../../lib/api.ts'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
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
  const form = useSchemaForm(clientFormSchema(isNew), clientFormDefaults(client))
  const create = useCreateClient()
  const change = useChangeClient()
  const [problem, setProblem] = useState<string>()
  const [conflict, setConflict] = useState(false)
  const [version, setVersion] = useState(client?.version ?? 1)
  const submitWith = (sentVersion: number) =>
    form.handleSubmit(async ({ sharedSecret, confirmSecret, ...values }) => {
      setProblem(undefined)
      setConflict(false)
      try {
        const saved = isNew
          ? await create.mutateAsync({ ...values, sharedSecret: confirmSecret })
          : await change.mutateAsync({
              ...values,
              id: client.id,
              version: sentVersion,
              ...(sharedSecret !== undefined && { sharedSecret }),
            })
        onSaved({ client: saved, sharedSecret, isNew })
      } catch (error) {
        if (error instanceof ApiProblem && error.code === 'changed-meanwhile') setConflict(true)
        else setProblem(applyProblem(form, error))
      }
    })
  return {
    form,
    theirs: clientFormDefaults(client),
    isNew,
    problem,
    conflict,
    submit: submitWith(version),
    /** Saves over what somebody else saved. */
    saveMine: () => submitWith(client?.version ?? version)(),
    /** Drops what was typed for what somebody else saved. */
    takeTheirs: () => {
      setConflict(false)
      setVersion(client?.version ?? version)
      form.reset(clientFormDefaults(client))
    },
  }
}
