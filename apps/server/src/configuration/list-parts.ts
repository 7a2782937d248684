/** The lists of a configuration, in the order in which they are made: clients before what is for them. The next one is added here. */
import {
  changeCacheRuleInput,
  changeGatewayInput,
  changeLogReceiverInput,
  changeRadiusClientInput,
  changeRadiusServerInput,
  changeReplyRuleInput,
  changeTrustedNetworkInput,
  kindOfGateway,
} from '@sallyport/contract'
import type { StoreRooms } from '@sallyport/store'
import type { z } from 'zod'
import { needsSecret } from '../http/gateway-input.ts'
import { neededSecret } from '../http/log-receiver-input.ts'
import { valueAt, type Plain } from './plain.ts'
import type { PresentSetting } from './setting-parts.ts'

/** An entry of a list as it stands, its secrets in place; a client by its name instead of its id. */
export interface PresentEntry extends PresentSetting {
  readonly id: string
  /** Which of its fields are secrets; all that its part names, unless told. */
  readonly secrets?: readonly string[]
}

export interface ListPart {
  readonly schema: z.ZodObject
  readonly secrets: readonly string[]
  /** What tells entries apart; of several with the same, the first is the first. */
  readonly keyOf: (entry: Plain) => string
  /** Their order means something; those with different answers here have no order among each other. */
  readonly orderedBy: ((entry: Plain) => string) | null
  /** Whether a new entry cannot do without this secret. */
  readonly needs: (entry: Plain, secret: string) => boolean
  /** An entry names a client. */
  readonly ofClient: boolean
  readonly read: (store: StoreRooms) => Promise<readonly PresentEntry[]>
}

const never = () => false

export const listParts = {
  clients: {
    schema: changeRadiusClientInput,
    secrets: ['sharedSecret'],
    keyOf: clientName,
    orderedBy: null,
    needs: () => true,
    ofClient: false,
    read: async ({ radiusClients }) => {
      const rows = await radiusClients.list()
      return Promise.all(
        rows.map(async ({ id, version, ...fields }) => {
          const { sharedSecret } = (await radiusClients.forTest(id)) ?? {}
          return { id, version, value: { ...fields, sharedSecret } }
        }),
      )
    },
  },
  servers: {
    schema: changeRadiusServerInput,
    secrets: ['sharedSecret', 'privateKey'],
    keyOf: ({ host, authenticationPort, transport }) =>
      `${String(host)}:${String(authenticationPort)}/${String(transport)}`,
    orderedBy: () => '',
    needs: ({ transport }, secret) => (transport === 'udp') === (secret === 'sharedSecret'),
    ofClient: false,
    read: async ({ radiusServers }) => {
      const rows = await radiusServers.list()
      return Promise.all(
        rows.map(async ({ id, version, ...fields }) => {
          const { sharedSecret, privateKey } = (await radiusServers.secrets(id)) ?? {}
          return { id, version, value: { ...fields, sharedSecret, privateKey } }
        }),
      )
    },
  },
  gateways: {
    schema: changeGatewayInput,
    secrets: ['secret', 'callbackSecret'],
    keyOf: ({ name }) => String(name),
    orderedBy: (entry) => kindOf(entry),
    needs: (entry, secret) => {
      const parsed = changeGatewayInput.safeParse({ ...entry, version: 1 })
      return secret === 'secret' && parsed.success && needsSecret(parsed.data.configuration)
    },
    ofClient: false,
    read: async ({ gateways }) => {
      const rows = await gateways.list()
      return Promise.all(
        rows.map(async ({ id, version, ...fields }) => {
          const secrets = (await gateways.secrets(id)) ?? {}
          return { id, version, value: { ...fields, ...secrets } }
        }),
      )
    },
  },
  logReceivers: {
    schema: changeLogReceiverInput,
    secrets: ['headerValue', 'privateKey'],
    keyOf: ({ name }) => String(name),
    orderedBy: null,
    needs: (entry, secret) => {
      const parsed = changeLogReceiverInput.safeParse({ ...entry, version: 1 })
      return parsed.success && neededSecret(parsed.data.configuration) === secret
    },
    ofClient: false,
    read: async ({ logReceivers }) => {
      const rows = await logReceivers.list()
      return Promise.all(
        rows.map(async ({ id, version, ...fields }) => {
          const secrets = (await logReceivers.secrets(id)) ?? {}
          return { id, version, value: { ...fields, ...secrets } }
        }),
      )
    },
  },
  replyRules: {
    schema: changeReplyRuleInput,
    secrets: ['value'],
    keyOf: ({ client, groupName, attribute, tag, operation }) =>
      [client ?? 'every client', groupName, operation, attribute, tag].map(String).join(' '),
    orderedBy: () => '',
    needs: () => true,
    ofClient: true,
    read: async ({ replyRules, radiusClients }) => {
      const nameOf = await clientNames(radiusClients)
      const rows = await replyRules.list()
      return Promise.all(
        rows.map(async ({ id, version, clientId, ...fields }) => {
          const value = { ...fields, client: nameOf(clientId), value: (await replyRules.value(id)) ?? '' }
          return { id, version, value, secrets: fields.value === null ? ['value'] : [] }
        }),
      )
    },
  },
  cacheRules: {
    schema: changeCacheRuleInput,
    secrets: [],
    keyOf: ({ client, scope, methods }) =>
      [client ?? 'every client', scope, JSON.stringify(methods)].map(String).join(' '),
    orderedBy: () => '',
    needs: never,
    ofClient: true,
    read: async ({ cacheRules, radiusClients }) => {
      const nameOf = await clientNames(radiusClients)
      return (await cacheRules.list()).map(({ id, version, clientId, ...fields }) => ({
        ...{ id, version },
        value: { ...fields, client: nameOf(clientId) },
      }))
    },
  },
  trustedNetworks: {
    schema: changeTrustedNetworkInput,
    secrets: [],
    keyOf: ({ client, name }) => [client ?? 'every client', name].map(String).join(' '),
    orderedBy: null,
    needs: never,
    ofClient: true,
    read: async ({ trustedNetworks, radiusClients }) => {
      const nameOf = await clientNames(radiusClients)
      return (await trustedNetworks.list()).map(({ id, version, clientId, ...fields }) => ({
        ...{ id, version },
        value: { ...fields, client: nameOf(clientId) },
      }))
    },
  },
} as const satisfies Record<string, ListPart>

export type ListName = keyof typeof listParts

function kindOf(entry: Plain): string {
  const type = String(valueAt(entry, 'configuration.type'))
  return type in kindOfGateway ? kindOfGateway[type as keyof typeof kindOfGateway] : type
}

/** How rules name a client: by what its requests are told apart by. */
export function clientName({ address, nasIdentifier = '', certificateName = '' }: Plain): string {
  const parts = [
    ...(address === '' ? [] : [String(address)]),
    ...(nasIdentifier === '' ? [] : [`NAS-Identifier ${String(nasIdentifier)}`]),
    ...(certificateName === '' ? [] : [`certificate ${String(certificateName)}`]),
  ]
  return parts.join(', ')
}

async function clientNames(clients: StoreRooms['radiusClients']): Promise<(id: string | null) => string | null> {
  const names = new Map((await clients.list()).map((client) => [client.id, clientName({ ...client })]))
  return (id) => (id === null ? null : (names.get(id) ?? null))
}
