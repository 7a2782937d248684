/** Tries an address: says, as it is typed, which network would let somebody in from there. */
import { Group, Select, Stack, TextInput } from '@mantine/core'
import { addressOctets, readAddressRange, trustingNetwork, type TrustedNetworkView } from '@sallyport/contract'
import { Notice, Section } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { clientName } from '../../lib/client-name.ts'
import { radiusClientsQuery } from '../../lib/radius-clients.ts'
import { t } from '../../lib/words.ts'
import './page-words.ts'

export function TryAddress({ networks }: { readonly networks: readonly TrustedNetworkView[] }) {
  const { data: clients } = useQuery(radiusClientsQuery)
  const attributes = [...new Set(['Calling-Station-Id', ...networks.map(({ attribute }) => attribute)])]
  const [address, setAddress] = useState('')
  const [clientId, setClientId] = useState('')
  const [attribute, setAttribute] = useState('Calling-Station-Id')
  const found = verdict(networks, { address: address.trim(), clientId: clientId || null, attribute })
  return (
    <Section title={t('trusted-networks.try.title')} description={t('trusted-networks.try.description')}>
      <Stack gap="sm">
        <Group align="flex-end" gap="sm">
          <TextInput
            label={t('trusted-networks.try.address')}
            placeholder="192.0.2.7"
            flex="1 1 12rem"
            value={address}
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
          <Select
            label={t('lists.client')}
            flex="1 1 12rem"
            allowDeselect={false}
            data={[
              { value: '', label: t('trusted-networks.try.anyOther') },
              ...(clients?.rows ?? []).map((client) => ({ value: client.id, label: clientName(client) })),
            ]}
            value={clientId}
            onChange={(chosen) => setClientId(chosen ?? '')}
          />
          {attributes.length > 1 && (
            <Select
              label={t('trusted-networks.attribute')}
              flex="1 1 12rem"
              allowDeselect={false}
              data={attributes}
              value={attribute}
              onChange={(chosen) => setAttribute(chosen ?? 'Calling-Station-Id')}
            />
          )}
        </Group>
        <div role="status">
          {found !== null && (
            <Notice
              state={found.kind === 'admits' ? 'warning' : 'neutral'}
              title={t(`trusted-networks.try.${found.kind}`, { name: found.name })}
            />
          )}
        </div>
      </Stack>
    </Section>
  )
}

interface Tried {
  readonly address: string
  readonly clientId: string | null
  readonly attribute: string
}

type Verdict = { readonly kind: 'admits' | 'would' | 'nothing' | 'no-address'; readonly name: string } | null

/** By the very function that sign-ins go by. */
function verdict(networks: readonly TrustedNetworkView[], { address, clientId, attribute }: Tried): Verdict {
  if (address === '') return null
  const octets = addressOctets(address)
  if (octets === undefined) return { kind: 'no-address', name: '' }
  const readable = networks.flatMap((network) => {
    const range = readAddressRange(network.addresses)
    return range === undefined ? [] : [{ ...network, range }]
  })
  const octetsIn = (asked: string) => (asked === attribute ? octets : undefined)
  const inForce = trustingNetwork(
    readable.filter(({ enabled }) => enabled),
    clientId,
    octetsIn,
  )
  if (inForce !== undefined) return { kind: 'admits', name: inForce.name }
  const off = trustingNetwork(readable, clientId, octetsIn)
  return off === undefined ? { kind: 'nothing', name: '' } : { kind: 'would', name: off.name }
}
