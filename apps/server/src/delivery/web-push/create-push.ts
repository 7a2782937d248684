/** Web Push, put together: the server's keys, made at the first start, the sender, and who carries out the engine's orders. */
import { setTimeout as delay } from 'node:timers/promises'
import type { AppDeviceRepository, AppKeys } from '@sallyport/store'

import { endpointProblem } from './public-address.ts'
import { createPushOrders, type PushOrderDependencies } from './push-orders.ts'
import { createPushSender, type PushSenderOptions } from './send.ts'
import { makeVapidKeys } from './vapid.ts'

export interface Push {
  readonly keys: AppKeys
  /** The handler of orders of the kind `push`. */
  readonly carryOut: ReturnType<typeof createPushOrders>
  /** Why an endpoint that a device names cannot be pushed to; undefined: it can. */
  readonly problemWith: (endpoint: string) => string | undefined
  readonly close: () => void
}

export type PushOptions = Omit<PushOrderDependencies, 'devices' | 'sender' | 'wait'> &
  Omit<PushSenderOptions, 'keys' | 'authority' | 'lookup'> & { readonly devices: AppDeviceRepository }

export async function createPush(options: PushOptions): Promise<Push> {
  const { devices, random, allowLoopback } = options
  const keys = await devices.keys(() => ({
    ...makeVapidKeys(),
    requestKey: Buffer.from(random(32)).toString('base64url'),
  }))
  const sender = createPushSender({ ...options, keys })
  return {
    keys,
    carryOut: createPushOrders({ ...options, sender, wait: (ms) => delay(ms, undefined, { ref: false }) }),
    problemWith: (endpoint) => endpointProblem(endpoint, allowLoopback),
    close: sender.close,
  }
}
