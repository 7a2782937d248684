/** Carries out the engine's orders to push: every device of a request that can be pushed to is told the request's id, and no more. */
import type { AppDeviceRepository } from '@sallyport/store'

import type { PendingRequest } from '../../bus/pending.ts'
import type { Delivered, GatewayProblem } from '../../bus/delivery-jobs.ts'
import type { PushOutcome, PushSender } from './send.ts'

type Device = Awaited<ReturnType<AppDeviceRepository['pushOf']>>[number]

export interface PushOrderDependencies {
  readonly devices: Pick<AppDeviceRepository, 'pushOf' | 'dropPush'>
  readonly request: (id: string) => PendingRequest | undefined
  /** Whether the app is open on this device and learns of the request by itself. */
  readonly isOpen: (deviceId: string) => boolean
  readonly sender: Pick<PushSender, 'send'>
  readonly clock: () => Date
  readonly wait: (ms: number) => Promise<void>
  readonly onProblem: (about: { readonly deviceId: string; readonly host: string; readonly problem: string }) => void
}

const gateway = 'web-push'
/** How long the second try waits where the push service does not say; one that says more than the latter is not asked again. */
const pauseMs = { usual: 1000, atMost: 20_000 } as const

/**
 * The handler of orders of the kind `push`. It counts as sent where any device has it, and also where none could be reached: the
 * person may open the app, which asks by itself. A push service that is out for a moment is tried once more. It fails only where there is no device at all.
 */
export function createPushOrders(dependencies: PushOrderDependencies) {
  const { devices, clock } = dependencies

  const sendTo = async (device: Device, { id, expiresAtMs }: PendingRequest): Promise<PushOutcome> => {
    const { endpoint } = device.push
    const send = () => {
      const ttlSeconds = Math.max(1, Math.ceil((expiresAtMs - clock().getTime()) / 1000))
      const message = { text: JSON.stringify({ id }), ttlSeconds, topic: id.replaceAll('-', '') }
      return dependencies.sender.send(device.push, message)
    }
    let outcome = await send()
    if (outcome.kind === 'failed' && outcome.retryable) {
      const { retryAfterMs = pauseMs.usual } = outcome
      if (retryAfterMs <= pauseMs.atMost && clock().getTime() + retryAfterMs < expiresAtMs) {
        await dependencies.wait(retryAfterMs)
        // Whoever was let in or gave up meanwhile is not called any more.
        if (dependencies.request(id) !== undefined) outcome = await send()
      }
    }
    if (outcome.kind === 'gone') await devices.dropPush(device.id, endpoint)
    if (outcome.kind === 'failed') {
      // The path of an endpoint is what allows sending to it: only its host may be told.
      dependencies.onProblem({ deviceId: device.id, host: new URL(endpoint).host, problem: outcome.problem })
    }
    return outcome
  }

  return async ({ id }: { readonly id: string }): Promise<Delivered> => {
    const request = dependencies.request(id)
    if (request === undefined) return failed('The sign-in is over.')
    if (request.deviceIds.length === 0) return failed('The user has no device with the mobile app.')
    const reachable = await devices.pushOf(request.deviceIds)
    const outcomes = await Promise.all(reachable.map((device) => sendTo(device, request)))
    const reached = outcomes.filter(({ kind }: PushOutcome) => kind === 'accepted').length
    const open = request.deviceIds.filter((deviceId) => dependencies.isOpen(deviceId)).length
    return { kind: 'sent', gateway, reference: `${String(reached)} pushed to, ${String(open)} open` }
  }
}

function failed(problem: string): Delivered {
  const problems: readonly GatewayProblem[] = [{ gateway, problem }]
  return { kind: 'failed', problems, retryable: false }
}
