/** Carries out the engine's orders to push: every device of a request that can be pushed to is told the request's id, and no more. */
import type { AppDeviceRepository } from '@sallyport/store'

import type { PendingRequest } from '../../bus/pending.ts'
import type { Delivered, GatewayProblem } from '../../bus/delivery-jobs.ts'
import type { PushOutcome, PushSender } from './send.ts'

export interface PushOrderDependencies {
  readonly devices: Pick<AppDeviceRepository, 'pushOf' | 'dropPush'>
  readonly request: (id: string) => PendingRequest | undefined
  /** Whether the app is open on this device and learns of the request by itself. */
  readonly isOpen: (deviceId: string) => boolean
  readonly sender: Pick<PushSender, 'send'>
  readonly clock: () => Date
  readonly onProblem: (about: { readonly deviceId: string; readonly host: string; readonly problem: string }) => void
}

const gateway = 'web-push'

/**
 * The handler of orders of the kind `push`. It counts as sent where any device has it, and also where none could be reached: the
 * person may open the app, which asks by itself. It fails only where there is no device at all.
 */
export function createPushOrders(dependencies: PushOrderDependencies) {
  const { devices, clock } = dependencies

  const sendTo = async (device: Awaited<ReturnType<typeof devices.pushOf>>[number], id: string, ttlSeconds: number) => {
    const { endpoint } = device.push
    const message = { text: JSON.stringify({ id }), ttlSeconds, topic: id.replaceAll('-', '') }
    const outcome = await dependencies.sender.send(device.push, message)
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
    const ttlSeconds = Math.max(1, Math.ceil((request.expiresAtMs - clock().getTime()) / 1000))
    const reachable = await devices.pushOf(request.deviceIds)
    const outcomes = await Promise.all(reachable.map((device) => sendTo(device, id, ttlSeconds)))
    const reached = outcomes.filter(({ kind }: PushOutcome) => kind === 'accepted').length
    const open = request.deviceIds.filter((deviceId) => dependencies.isOpen(deviceId)).length
    return { kind: 'sent', gateway, reference: `${String(reached)} pushed to, ${String(open)} open` }
  }
}

function failed(problem: string): Delivered {
  const problems: readonly GatewayProblem[] = [{ gateway, problem }]
  return { kind: 'failed', problems, retryable: false }
}
