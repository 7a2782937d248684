/** Caching rules and trusted networks: in force at once. */
import type { api, CacheRuleView, TrustedNetworkView } from '@sallyport/contract'
import { definitionOf, dictionary, type AttributeName } from '@sallyport/radius'
import type { CacheRuleRecord, Store, TrustedNetworkRecord } from '@sallyport/store'
import type { EngineControl } from '../../bus/notices.ts'
import { changed } from '../change-problems.ts'
import type { Handlers } from '../handlers.ts'
import { putInForce } from '../in-force.ts'
import { invalidInput } from '../problems.ts'

export interface StandingRouteDependencies {
  readonly store: Pick<Store, 'cacheRules' | 'trustedNetworks' | 'radiusClients'>
  readonly engine: EngineControl
}

export function cacheRuleHandlers({ store, engine }: StandingRouteDependencies): Handlers<typeof api.cacheRules> {
  const inForce = () => putInForce(engine, { topic: 'standing' })
  return {
    list: async () => ({ rows: (await store.cacheRules.list()).map(ruleView) }),
    async create({ body, caller }) {
      await refuseGoneClient(store, body.clientId)
      const rule = changed(await store.cacheRules.create(body, caller.actor), ruleWords)
      await inForce()
      return ruleView(rule)
    },
    async change({ params, body, caller }) {
      await refuseGoneClient(store, body.clientId)
      const rule = changed(await store.cacheRules.change(params.id, body, caller.actor), ruleWords)
      await inForce()
      return ruleView(rule)
    },
    async move({ params, body, caller }) {
      const rule = changed(await store.cacheRules.move(params.id, body.direction, caller.actor), ruleWords)
      await inForce()
      return ruleView(rule)
    },
    async remove({ params, query, caller }) {
      changed(await store.cacheRules.remove(params.id, query.version, caller.actor), ruleWords)
      await inForce()
      return undefined
    },
  }
}

export function trustedNetworkHandlers({
  store,
  engine,
}: StandingRouteDependencies): Handlers<typeof api.trustedNetworks> {
  const inForce = () => putInForce(engine, { topic: 'standing' })
  return {
    list: async () => ({
      rows: (await store.trustedNetworks.list()).map(networkView),
      attributes: [...attributesOfPlace],
    }),
    async create({ body, caller }) {
      refuseAttribute(body.attribute)
      await refuseGoneClient(store, body.clientId)
      const network = changed(await store.trustedNetworks.create(body, caller.actor), networkWords)
      await inForce()
      return networkView(network)
    },
    async change({ params, body, caller }) {
      refuseAttribute(body.attribute)
      await refuseGoneClient(store, body.clientId)
      const network = changed(await store.trustedNetworks.change(params.id, body, caller.actor), networkWords)
      await inForce()
      return networkView(network)
    },
    async remove({ params, query, caller }) {
      changed(await store.trustedNetworks.remove(params.id, query.version, caller.actor), networkWords)
      await inForce()
      return undefined
    },
  }
}

/** What a device may say an address in: texts and addresses, nothing that is hidden. Calling-Station-Id first. */
const attributesOfPlace: readonly AttributeName[] = (Object.keys(dictionary) as AttributeName[])
  .filter((name) => {
    const { dataType, concealment, tagged } = definitionOf(name)
    return ['text', 'ipv4addr', 'ipv6addr'].includes(dataType) && !concealment && !tagged
  })
  .sort((a, b) => Number(b === 'Calling-Station-Id') - Number(a === 'Calling-Station-Id') || a.localeCompare(b))

function refuseAttribute(attribute: string): void {
  if (attributesOfPlace.some((name) => name === attribute)) return
  throw invalidInput({ path: 'attribute', message: 'Choose an attribute of the list: one that can hold an address.' })
}

async function refuseGoneClient(
  { radiusClients }: Pick<Store, 'radiusClients'>,
  clientId: string | null,
): Promise<void> {
  if (clientId === null || (await radiusClients.list()).some(({ id }) => id === clientId)) return
  throw invalidInput({ path: 'clientId', message: 'This RADIUS client does not exist any more.' })
}

const ruleWords = { view: ruleView, gone: 'This caching rule does not exist any more.' }
const networkWords = { view: networkView, gone: 'This trusted network does not exist any more.' }

function ruleView({ createdAt, methods, ...rule }: CacheRuleRecord): CacheRuleView {
  return { ...rule, methods: [...methods], createdAt: createdAt.toISOString() }
}

function networkView({ createdAt, ...network }: TrustedNetworkRecord): TrustedNetworkView {
  return { ...network, createdAt: createdAt.toISOString() }
}
