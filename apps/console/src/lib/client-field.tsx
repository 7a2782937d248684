/** Chooses the RADIUS client that something is for, or every one. */
import { useQuery } from '@tanstack/react-query'
import type { FieldValues } from 'react-hook-form'
import { z } from 'zod'
import { clientName } from './client-name.ts'
import { SelectField } from './fields.tsx'
import { radiusClientsQuery } from './radius-clients.ts'
import type { FieldOf } from './text-fields.tsx'
import { t } from './words.ts'

/** What the field holds: a client's id, or nothing for every client; the API says null for that. */
export const clientChoice = z.string().transform((id) => (id === '' ? null : id))

export interface ClientFieldProps<V extends FieldValues, P> extends FieldOf<V, P> {
  readonly disabled: boolean
}

export function ClientField<V extends FieldValues, P>({ control, name, disabled }: ClientFieldProps<V, P>) {
  const { data: clients } = useQuery(radiusClientsQuery)
  return (
    <SelectField
      control={control}
      name={name}
      label={t('lists.client')}
      data={[
        { value: '', label: t('lists.everyClient') },
        ...(clients?.rows ?? []).map((client) => ({ value: client.id, label: clientName(client) })),
      ]}
      disabled={disabled}
    />
  )
}

/** What a list calls the client of a row. */
export function useClientNames(): (clientId: string | null) => string {
  const { data: clients } = useQuery(radiusClientsQuery)
  return (clientId) => {
    if (clientId === null) return t('lists.everyClient')
    const client = clients?.rows.find(({ id }) => id === clientId)
    return client === undefined ? clientId : clientName(client)
  }
}
