/** Gateways for text messages, calls and mail: each change is in force when the answer goes out. */
import { phoneNumber, type api, type CreateGatewayInput, type GatewayView } from '@sallyport/contract'
import type { GatewayRecord, Store } from '@sallyport/store'
import { z } from 'zod'
import type { DeliveryControl } from '../../bus/delivery-control.ts'
import { changed } from '../change-problems.ts'
import { gatewayProblems, needsSecret } from '../gateway-input.ts'
import type { Handlers } from '../handlers.ts'
import { ApiProblem, invalidInput } from '../problems.ts'
import type { Throttle } from '../session/throttle.ts'

export interface GatewayRouteDependencies {
  readonly store: Pick<Store, 'gateways'>
  readonly delivery: DeliveryControl
  /** Test messages cost money and reach strangers: by administrator. */
  readonly throttle: Throttle
}

const gone = 'This gateway does not exist any more.'

export function gatewayHandlers({
  store,
  delivery,
  throttle,
}: GatewayRouteDependencies): Handlers<typeof api.gateways> {
  const view = (record: GatewayRecord) => gatewayView(record, delivery)
  const words = { view, gone, taken: { name: 'Another gateway has this name.' } }
  const find = async (id: string) => (await store.gateways.list()).find((row) => row.id === id)
  const list = async () => ({ rows: (await store.gateways.list()).map(view) })
  const check = (input: CreateGatewayInput, present?: GatewayRecord) => {
    const problems = gatewayProblems(input, present)
    if (problems.length > 0) throw invalidInput(...problems)
  }
  return {
    list,
    async create({ body, caller }) {
      check(body)
      const gateway = changed(await store.gateways.create(body, caller.actor), words)
      await delivery.gatewaysChanged()
      return view(gateway)
    },
    async change({ params, body, caller }) {
      const present = await find(params.id)
      if (present === undefined) throw new ApiProblem('not-found', { detail: gone })
      if (present.configuration.type !== body.configuration.type) {
        throw invalidInput({ path: 'configuration.type', message: 'The type stays: add another gateway instead.' })
      }
      check(body, present)
      // What needs no secret keeps none: else it could be sent elsewhere once the address has changed without it.
      const change = { ...body, keepsSecret: needsSecret(body.configuration) }
      const gateway = changed(await store.gateways.change(params.id, change, caller.actor), words)
      await delivery.gatewaysChanged()
      return view(gateway)
    },
    async move({ params, body, caller }) {
      changed(await store.gateways.move(params.id, body.direction, caller.actor), words)
      await delivery.gatewaysChanged()
      return list()
    },
    async remove({ params, query, caller }) {
      changed(await store.gateways.remove(params.id, query.version, caller.actor), words)
      await delivery.gatewaysChanged()
      return undefined
    },
    async test({ params, body, caller }) {
      const gateway = await find(params.id)
      if (gateway === undefined) throw new ApiProblem('not-found', { detail: gone })
      const to = receiver(gateway, body.to)
      const retryAfterSeconds = throttle.take(caller.administrator.id)
      if (retryAfterSeconds > 0) {
        throw new ApiProblem('too-many-requests', {
          detail: 'Too many test messages in a short time.',
          retryAfterSeconds,
        })
      }
      // Before anything is sent, so that nothing is sent unnoted.
      await store.gateways.noteTest(gateway.id, to, caller.actor)
      const result = await delivery.test(gateway.id, to)
      if (result === undefined) {
        throw new ApiProblem('in-use', { detail: 'This gateway is disabled. Enable it, and then test it.' })
      }
      const { ok, message, said, durationMs } = result
      const server = gateway.name
      const steps = [{ server, step: 'send', ok, message, durationMs }]
      if (said !== null && said !== '') steps.push({ server, step: 'gateway-said', ok, message: said, durationMs: 0 })
      return { ok, steps }
    },
  }
}

function receiver({ kind }: GatewayRecord, to: string): string {
  const parsed = (kind === 'mail' ? z.email('Enter a mail address.') : phoneNumber).safeParse(to)
  if (parsed.success) return parsed.data
  throw invalidInput({ path: 'to', message: parsed.error.issues[0]?.message ?? 'This is nobody who can be reached.' })
}

function gatewayView(record: GatewayRecord, delivery: DeliveryControl): GatewayView {
  const health = delivery.health().find(({ id }) => id === record.id)
  return {
    ...record,
    health:
      health === undefined
        ? null
        : {
            state: health.state,
            since: health.sinceMs === null ? null : new Date(health.sinceMs).toISOString(),
            problem: health.problem,
          },
  }
}
