/** The sign-ins to the portal that are under way: each known by an unguessable name, a bounded number, forgotten after a while. */
import { createSharedSecret, createUdpClient, type UdpClient } from '@sallyport/radius'
import type { PortalControl } from '../../bus/portal-port.ts'
import { ApiProblem } from '../problems.ts'
import { beginConversation, type RadiusConversation } from './radius-conversation.ts'

export interface PortalSignIns {
  /** Throws `unavailable` where too many are under way. */
  readonly begin: (who: {
    readonly username: string
    readonly password: string
    readonly address: string
    readonly withoutFactor?: boolean
  }) => { readonly id: string; readonly conversation: RadiusConversation }
  readonly find: (id: string) => RadiusConversation | undefined
  /** It has come to its end: its name is worth nothing any more. */
  readonly end: (id: string) => void
  readonly close: () => Promise<void>
}

export interface PortalSignInsOptions {
  readonly engine: PortalControl
  readonly random: (lengthBytes: number) => Uint8Array
  readonly onFailure: (error: unknown) => void
}

const underWayAtMost = 5_000
/** The longest that a person is asked, with a code typed at the end of it. */
const lifeMs = 10 * 60_000
const transmissionMs = 5_000
/** The engine answers within its own patience with the portal; this is a little more. */
const transmissions = 25

export function createPortalSignIns({ engine, random, onFailure }: PortalSignInsOptions): PortalSignIns {
  const { portalPort } = engine
  const secret = createSharedSecret(portalPort.secret)
  const underWay = new Map<string, { readonly conversation: RadiusConversation; readonly expiry: NodeJS.Timeout }>()
  let udp: UdpClient | undefined

  const client = () =>
    (udp ??= createUdpClient({
      secret,
      host: portalPort.host,
      port: portalPort.port,
      localAddress: portalPort.host,
      // Each has 256 identifiers.
      sockets: Math.ceil(underWayAtMost / 256),
      timeoutMs: transmissionMs,
      tries: transmissions,
    }))

  function end(id: string): void {
    const entry = underWay.get(id)
    if (!entry) return
    underWay.delete(id)
    clearTimeout(entry.expiry)
    entry.conversation.stop()
  }

  return {
    begin({ username, password, address, withoutFactor = false }) {
      if (underWay.size >= underWayAtMost) {
        throw new ApiProblem('unavailable', { detail: 'Too many people are signing in. Try again in a minute.' })
      }
      const id = Buffer.from(random(32)).toString('base64url')
      const conversation = beginConversation(
        {
          udp: client(),
          secret,
          onDecided: (listener) => engine.onPortalDecided(listener),
          username,
          address,
          withoutFactor,
          onFailure,
        },
        password,
      )
      const expiry = setTimeout(() => end(id), lifeMs)
      expiry.unref()
      underWay.set(id, { conversation, expiry })
      return { id, conversation }
    },
    find: (id) => underWay.get(id)?.conversation,
    end,
    async close() {
      for (const id of [...underWay.keys()]) end(id)
      await udp?.close()
    },
  }
}
