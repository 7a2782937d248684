/** Gateways bring text messages, phone calls and mail to people: their order, how each does, and a test of one. */
import { z } from 'zod'
import { byId, id, line, timestamp, version, versionQuery } from './common.ts'
import { endpoint } from './endpoint.ts'
import { gatewayConfiguration, gatewayKind } from './gateway-configurations.ts'
import { testResult } from './radius.ts'
import { administratorsOnly, everyRole } from './roles.ts'

const secret = z
  .string()
  .min(1, 'Enter the secret.')
  .max(500, 'At most 500 characters.')
  .regex(/^[^\p{Cc}]*$/u, 'Control characters (tabs, line breaks) cannot be used here.')

const fields = {
  name: line(60).min(1, 'Enter a name.'),
  enabled: z.boolean(),
  configuration: gatewayConfiguration,
}

/** `secret` is the password or token that we show the gateway, `callbackSecret` what its callbacks prove themselves with. */
export const createGatewayInput = z.strictObject({
  ...fields,
  secret: secret.optional(),
  callbackSecret: secret.optional(),
})
export type CreateGatewayInput = z.infer<typeof createGatewayInput>

/** Secrets that are absent stay as they are, unless another address would receive them. */
export const changeGatewayInput = z.strictObject({ ...createGatewayInput.shape, version })
export type ChangeGatewayInput = z.infer<typeof changeGatewayInput>

export const gatewayView = z.object({
  ...fields,
  name: z.string(),
  id,
  kind: gatewayKind,
  /** From 1: the order in which those of a kind are asked. */
  place: z.int(),
  hasSecret: z.boolean(),
  hasCallbackSecret: z.boolean(),
  /** How it does at this moment; null while it is disabled. */
  health: z
    .object({
      state: z.enum(['unknown', 'up', 'suspect']),
      since: timestamp.nullable(),
      problem: z.string().nullable(),
    })
    .nullable(),
  version,
})
export type GatewayView = z.infer<typeof gatewayView>

/** `to` is a phone number, or a mail address where the gateway is for mail. */
export const testGatewayInput = z.strictObject({
  to: z.string().trim().min(1, 'Enter whom to send the test to.').max(254),
})
export type TestGatewayInput = z.infer<typeof testGatewayInput>

export const moveGatewayInput = z.strictObject({ direction: z.enum(['up', 'down']) })

const tag = 'Gateways'
const rows = z.object({ rows: z.array(gatewayView) })

export const gateways = {
  list: endpoint({
    method: 'GET',
    path: '/api/gateways',
    summary: 'The gateways of every kind in the order in which they are asked, and how each does.',
    tag,
    access: everyRole,
    response: rows,
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/gateways',
    summary: 'Adds a gateway at the end of the order of its kind.',
    tag,
    access: administratorsOnly,
    reauthenticate: true,
    body: createGatewayInput,
    response: gatewayView,
  }),
  change: endpoint({
    method: 'PUT',
    path: '/api/gateways/:id',
    summary: 'Changes a gateway, at once; its type stays.',
    tag,
    access: administratorsOnly,
    reauthenticate: true,
    params: byId,
    body: changeGatewayInput,
    response: gatewayView,
  }),
  move: endpoint({
    method: 'POST',
    path: '/api/gateways/:id/move',
    summary: 'Lets a gateway change places with its neighbour of the same kind; the answer is the new order.',
    tag,
    access: administratorsOnly,
    params: byId,
    body: moveGatewayInput,
    response: rows,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/gateways/:id',
    summary: 'Removes a gateway; what it has taken already may still arrive.',
    tag,
    access: administratorsOnly,
    params: byId,
    query: versionQuery,
  }),
  test: endpoint({
    method: 'POST',
    path: '/api/gateways/:id/test',
    summary: 'Sends a real test message through one saved gateway, and says what the gateway said.',
    tag,
    access: administratorsOnly,
    params: byId,
    body: testGatewayInput,
    response: testResult,
  }),
} as const
