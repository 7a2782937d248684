/** What lets people in without a second factor: caching rules and trusted networks. */
import { z } from 'zod'
import { byId, id, line, timestamp, version, versionQuery } from './common.ts'
import { endpoint } from './endpoint.ts'
import { addressRange } from './address-range.ts'
import { administratorsOnly, everyRole } from './roles.ts'
import { factorKind } from './sign-in.ts'

/** What must be the same, besides the user and the password, for a second factor to be remembered. */
export const cacheScope = z.enum(['user', 'application', 'address'])
export type CacheScope = z.infer<typeof cacheScope>

const thirtyDays = 30 * 86_400
const ruleFields = {
  /** Null: every client. */
  clientId: id.nullable(),
  scope: cacheScope,
  /** The second factors that are remembered. */
  methods: z.array(factorKind).min(1, 'Choose at least one method.').max(5),
  /** 0: nothing is remembered here, whatever later rules say. */
  seconds: z
    .int('Whole seconds.')
    .min(0, '0 to 2,592,000 seconds.')
    .max(thirtyDays, '0 to 2,592,000 seconds (30 days).'),
  enabled: z.boolean(),
}

export const createCacheRuleInput = z.strictObject(ruleFields)
export type CreateCacheRuleInput = z.infer<typeof createCacheRuleInput>
export const changeCacheRuleInput = z.strictObject({ ...ruleFields, version })
export type ChangeCacheRuleInput = z.infer<typeof changeCacheRuleInput>
export const cacheRuleView = z.object({ ...ruleFields, id, createdAt: timestamp, version })
export type CacheRuleView = z.infer<typeof cacheRuleView>

const networkFields = {
  name: line(64).min(1, 'Name the network: the log says it.'),
  /** Null: every client. */
  clientId: id.nullable(),
  /** The attribute that says where the person is; one that holds an address or a text. */
  attribute: line(64).min(1, 'Choose an attribute.').default('Calling-Station-Id'),
  /** An address, a prefix, or two addresses with a hyphen between. */
  addresses: addressRange,
  enabled: z.boolean(),
}

export const createTrustedNetworkInput = z.strictObject(networkFields)
export type CreateTrustedNetworkInput = z.input<typeof createTrustedNetworkInput>
export const changeTrustedNetworkInput = z.strictObject({ ...networkFields, version })
export type ChangeTrustedNetworkInput = z.input<typeof changeTrustedNetworkInput>
export const trustedNetworkView = z.object({
  ...networkFields,
  attribute: z.string(),
  addresses: z.string(),
  id,
  createdAt: timestamp,
  version,
})
export type TrustedNetworkView = z.infer<typeof trustedNetworkView>

const tag = 'Second factors'

export const cacheRules = {
  list: endpoint({
    method: 'GET',
    path: '/api/cache-rules',
    summary: 'The caching rules in their order: the first one that fits a sign-in decides.',
    tag,
    access: everyRole,
    response: z.object({ rows: z.array(cacheRuleView) }),
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/cache-rules',
    summary: 'Adds a caching rule at the end of the order, at once.',
    tag,
    access: administratorsOnly,
    body: createCacheRuleInput,
    response: cacheRuleView,
  }),
  change: endpoint({
    method: 'PUT',
    path: '/api/cache-rules/:id',
    summary: 'Changes a caching rule, which forgets what it remembered.',
    tag,
    access: administratorsOnly,
    params: byId,
    body: changeCacheRuleInput,
    response: cacheRuleView,
  }),
  move: endpoint({
    method: 'PUT',
    path: '/api/cache-rules/:id/position',
    summary: 'Moves a caching rule one place up or down.',
    tag,
    access: administratorsOnly,
    params: byId,
    body: z.strictObject({ direction: z.enum(['up', 'down']) }),
    response: cacheRuleView,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/cache-rules/:id',
    summary: 'Removes a caching rule and forgets what it remembered, at once.',
    tag,
    access: administratorsOnly,
    params: byId,
    query: versionQuery,
  }),
}

export const trustedNetworks = {
  list: endpoint({
    method: 'GET',
    path: '/api/trusted-networks',
    summary: 'The networks from where people are let in on the password alone.',
    tag,
    access: everyRole,
    response: z.object({
      rows: z.array(trustedNetworkView),
      /** The attributes that a network may look at. */
      attributes: z.array(z.string()),
    }),
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/trusted-networks',
    summary: 'Adds a trusted network, at once.',
    tag,
    access: administratorsOnly,
    body: createTrustedNetworkInput,
    response: trustedNetworkView,
  }),
  change: endpoint({
    method: 'PUT',
    path: '/api/trusted-networks/:id',
    summary: 'Changes a trusted network, at once.',
    tag,
    access: administratorsOnly,
    params: byId,
    body: changeTrustedNetworkInput,
    response: trustedNetworkView,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/trusted-networks/:id',
    summary: 'Removes a trusted network, at once.',
    tag,
    access: administratorsOnly,
    params: byId,
    query: versionQuery,
  }),
}
