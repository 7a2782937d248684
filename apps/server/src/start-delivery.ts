/** Opens the room that reaches people, with the gateways that are saved, and keeps it at what is saved. */
import { randomUUID } from 'node:crypto'
import type { GatewayKind } from '@sallyport/contract'
import type { Store } from '@sallyport/store'
import type { DeliveryControl, GatewayTest } from './bus/delivery-control.ts'
import type { PortalReach } from './bus/portal-reach.ts'
import type { Attempt, AnyGatewaySettings } from './delivery/core/gateway.ts'
import { createDelivery, type AnyJob, type DeliveryOptions, type DeliveryRoom } from './delivery/create-delivery.ts'

export interface StartedDelivery {
  readonly room: DeliveryRoom
  readonly reach: PortalReach
  readonly control: DeliveryControl
}

/** A test's job, so that its keys are nobody's sign-in. */
const testPrefix = 'test-'
const testWithinMs = 60_000

export async function startDelivery(
  store: Pick<Store, 'gateways'>,
  options: DeliveryOptions & {
    /** Called once the gateways in force are the ones that are saved. */
    readonly onApplied?: (room: DeliveryRoom) => void
  },
): Promise<StartedDelivery> {
  const { clock } = options
  const room = createDelivery({
    ...options,
    judgeKeys: (keyed) => (keyed.jobId.startsWith(testPrefix) ? Promise.resolve('accepted') : options.judgeKeys(keyed)),
    onNews: (news) => {
      if (news.kind === 'reply' || !news.jobId.startsWith(testPrefix)) options.onNews(news)
    },
  })
  const load = async (): Promise<readonly AnyGatewaySettings[]> => {
    const settings: AnyGatewaySettings[] = []
    for (const { id, name, enabled, configuration } of await store.gateways.list()) {
      settings.push({ id, name, enabled, configuration, ...(await store.gateways.secrets(id)) })
    }
    return settings
  }
  let applied: Promise<void> = Promise.resolve()
  // One after the other: what was saved last must be what is applied last.
  const apply = () =>
    (applied = applied
      .catch(() => undefined)
      .then(async () => {
        room.apply(await load())
        options.onApplied?.(room)
      }))
  await apply()
  const control: DeliveryControl = {
    gatewaysChanged: apply,
    health: () => room.health(),
    async test(gatewayId, to) {
      const gateway = (await load()).find(({ id }) => id === gatewayId)
      const kind = room.health().find(({ id }) => id === gatewayId)?.kind
      if (gateway === undefined || kind === undefined) return undefined
      const startedMs = clock()
      const attempt = await room.try(gatewayId, testJob(kind, to, startedMs + testWithinMs))
      return attempt && testResultOf(attempt, gateway, clock() - startedMs)
    },
  }
  return { room, reach: reachOf(room), control }
}

const kinds = { sms: 'text', voice: 'call', mail: 'email' } as const satisfies Record<GatewayKind, string>

function reachOf(room: DeliveryRoom): PortalReach {
  return {
    text: (job) => room.text(job),
    call: (job) => room.call(job),
    mail: (job) => room.mail(job),
    kinds: () => new Set(room.health().map(({ kind }) => kinds[kind])),
  }
}

function testJob(kind: GatewayKind, to: string, deadlineMs: number): AnyJob {
  const id = `${testPrefix}${randomUUID()}`
  const text = 'This is a test message from Sallyport. If you can read it, the gateway works.'
  if (kind === 'sms') return { kind, id, to, text, deadlineMs, wantReply: false }
  if (kind === 'mail') return { kind, id, to, subject: 'Sallyport: test message', text, deadlineMs }
  return {
    ...{ kind, id, to, deadlineMs },
    extension: null,
    language: 'en',
    applicationName: 'the Sallyport test',
    mode: 'press-hash',
    fraudCode: null,
  }
}

function testResultOf(
  attempt: Attempt,
  { secret, callbackSecret }: AnyGatewaySettings,
  durationMs: number,
): GatewayTest {
  const isTaken = attempt.kind === 'taken'
  const reference = isTaken ? attempt.references[0] : undefined
  const named = reference === undefined ? '.' : `, and calls it ${reference}.`
  let said = attempt.said ?? null
  // A gateway may repeat what it was shown.
  for (const each of [secret, callbackSecret]) if (each !== undefined) said = said?.replaceAll(each, '…') ?? null
  return { ok: isTaken, message: isTaken ? `The gateway took it${named}` : attempt.problem, said, durationMs }
}
