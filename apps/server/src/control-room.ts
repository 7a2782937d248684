/** What the shell of this machine may ask of the running server: how it does, and to go by what is saved now. */
import type { DeliveryControl } from './bus/delivery-control.ts'
import type { ListenerControls } from './bus/listener-control.ts'
import type { LogForwardingControl } from './bus/log-forwarding-control.ts'
import type { EngineControl } from './bus/notices.ts'
import type { ControlRoom } from './control/control-socket.ts'
import type { ServerStatus } from './control/server-status.ts'

interface ControlRoomParts {
  readonly engine: Pick<EngineControl, 'status' | 'configChanged'>
  readonly delivery: Pick<DeliveryControl, 'health' | 'gatewaysChanged'>
  readonly logForwarding: Pick<LogForwardingControl, 'receiversChanged'>
  readonly listeners: ListenerControls
  readonly version: string
  readonly consoleUrl: string
  readonly portalUrl: string
}

const topics = ['radius', 'clients', 'reply-rules', 'target', 'company', 'standing'] as const

export function createControlRoom({
  engine,
  delivery,
  logForwarding,
  listeners,
  ...about
}: ControlRoomParts): ControlRoom {
  return {
    status: async (): Promise<ServerStatus> => {
      const { sockets, radsecSockets, logWritable, targetServers } = await engine.status()
      return {
        ...about,
        pid: process.pid,
        sockets: [...sockets],
        radsecSockets: [...radsecSockets],
        logWritable,
        targetServers: targetServers.map(({ server, state, problem }) => ({ server, state, problem })),
        gateways: delivery.health().map(({ id, state, problem }) => ({ id, state, problem })),
      }
    },
    'take-up': async () => {
      for (const topic of topics) await engine.configChanged({ topic })
      await delivery.gatewaysChanged()
      await logForwarding.receiversChanged()
      for (const listener of Object.values(listeners)) await listener.takeUp()
    },
  }
}
