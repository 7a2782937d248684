/** Chooses one of the RADIUS clients, or any. */
import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { radiusClientsQuery } from '../radius-clients.ts'
import { t } from '../words.ts'
import './page-words.ts'

export interface ClientChoiceProps {
  readonly clientId: string | undefined
  readonly onChange: (clientId: string | undefined) => void
}

export function ClientChoice({ clientId, onChange }: ClientChoiceProps) {
  const clients = useQuery(radiusClientsQuery)
  return (
    <Select
      aria-label={t('reports.filter.client')}
      placeholder={t('reports.filter.anyClient')}
      w="11rem"
      clearable
      searchable
      data={(clients.data?.rows ?? []).map((client) => ({
        value: client.id,
        label: client.applicationName === '' ? client.address : client.applicationName,
      }))}
      value={clientId ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
    />
  )
}
