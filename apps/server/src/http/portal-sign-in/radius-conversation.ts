/** One sign-in to the portal as a RADIUS conversation with the engine: what a device would do, for a browser. */
import { randomBytes } from 'node:crypto'
import {
  attribute,
  hideUserPassword,
  packetCodes,
  readAttributes,
  type Attribute,
  type SharedSecret,
  type UdpClient,
} from '@sallyport/radius'
import { fallbackText, type FallbackSaid, type PortalDecided } from '../../bus/portal-port.ts'
import { within } from '../within.ts'

/** Where the conversation stands. `reason` is for what the server does next, never for the person. */
export type Standing =
  | { readonly kind: 'waiting' }
  | {
      readonly kind: 'asked'
      readonly message: string
      readonly reason: PortalDecided['reason'] | null
      readonly userId: string | null
    }
  | { readonly kind: 'accepted'; readonly reason: PortalDecided['reason']; readonly userId: string }
  | { readonly kind: 'refused'; readonly reason: PortalDecided['reason'] | null; readonly userId: string | null }
  | { readonly kind: 'unavailable' }

export interface RadiusConversation {
  readonly standing: () => Standing
  /** Resolves with what stands at the next change, or after so long. */
  readonly wait: (withinMs: number) => Promise<Standing>
  /** False where nothing is asked. */
  readonly answer: (answer: string) => boolean
  /** What was found of the answer to a fallback; false where none is asked for. */
  readonly answerFallback: (said: Extract<FallbackSaid, { kind: 'answered' }>) => boolean
  readonly stop: () => void
}

export interface ConversationOptions {
  readonly udp: Pick<UdpClient, 'request'>
  readonly secret: SharedSecret
  readonly onDecided: (listener: (decided: PortalDecided) => void) => () => void
  readonly username: string
  /** Where the browser is: it stands in the log, and on the phone that is asked. */
  readonly address: string
  /** True: they cannot use their second factor, and are asked for what takes its place. */
  readonly withoutFactor: boolean
  /** A bug or broken I/O, for the server's own log. */
  readonly onFailure: (error: unknown) => void
}

const stateType = 24
const roundsAtMost = 12
const newsWithinMs = 2_000

/** Sends the first request at once. */
export function beginConversation(options: ConversationOptions, password: string): RadiusConversation {
  const { udp, secret, username, address } = options
  const ticket = randomBytes(16).toString('base64url')
  const abort = new AbortController()
  const listeners = new Set<() => void>()
  let standing: Standing = { kind: 'waiting' }
  let states: readonly Attribute[] = []
  let hear: (news: PortalDecided) => void = () => undefined
  let round = 0
  const forget = options.onDecided((news) => {
    if (news.ticket === ticket) hear(news)
  })

  function settle(next: Standing): void {
    standing = next
    if (next.kind !== 'waiting' && next.kind !== 'asked') forget()
    for (const listener of [...listeners]) listener()
  }

  async function exchange(typed: string, said: FallbackSaid | undefined): Promise<void> {
    round++
    const decided = new Promise<PortalDecided>((resolve) => (hear = resolve))
    const sent = states
    settle({ kind: 'waiting' })
    const result = await udp.request({
      code: packetCodes.accessRequest,
      attributes: (authenticator) => [
        attribute('User-Name', username),
        attribute('User-Password', hideUserPassword(typed, secret, authenticator)),
        attribute('NAS-Identifier', 'User portal'),
        attribute('NAS-Port-Id', ticket),
        attribute('Calling-Station-Id', address),
        ...(said === undefined ? [] : [attribute('Connect-Info', fallbackText(said))]),
        ...sent,
      ],
      messageAuthenticator: true,
      signal: abort.signal,
    })
    if (!result.ok) {
      settle({ kind: 'unavailable' })
      return
    }
    // It was said before the reply was sent, by another way, and may come behind it.
    const news = await within(decided, newsWithinMs)
    switch (result.packet.code) {
      case packetCodes.accessChallenge: {
        states = result.packet.attributes.filter(({ type }) => type === stateType)
        const message = readAttributes(result.packet, 'Reply-Message').join('\n')
        settle({ kind: 'asked', message, reason: news?.reason ?? null, userId: news?.userId ?? null })
        return
      }
      case packetCodes.accessAccept: {
        // Nobody is let in whom the engine did not name: an accept without its event is none.
        const named = news?.result === 'accepted' ? news : null
        settle(
          named === null || named.userId === null
            ? { kind: 'unavailable' }
            : { kind: 'accepted', reason: named.reason, userId: named.userId },
        )
        return
      }
      default:
        settle({ kind: 'refused', reason: news?.reason ?? null, userId: news?.userId ?? null })
    }
  }

  function ask(typed: string, said?: FallbackSaid): void {
    exchange(typed, said).catch((error: unknown) => {
      options.onFailure(error)
      settle({ kind: 'unavailable' })
    })
  }

  const begunWith = options.withoutFactor ? ({ kind: 'wanted' } as const) : undefined
  ask(password, begunWith)
  return {
    standing: () => standing,
    wait(withinMs) {
      if (standing.kind !== 'waiting') return Promise.resolve(standing)
      return new Promise((resolve) => {
        const done = () => {
          clearTimeout(late)
          listeners.delete(done)
          resolve(standing)
        }
        const late = setTimeout(done, withinMs)
        listeners.add(done)
      })
    },
    answer(answer) {
      if (standing.kind !== 'asked' || isFallback(standing) || round >= roundsAtMost) return false
      // A question of the target's own comes first: the password is not proven before it is answered.
      ask(answer, begunWith)
      return true
    },
    answerFallback(said) {
      if (!isFallback(standing)) return false
      ask('', said)
      return true
    },
    stop() {
      abort.abort()
      forget()
    },
  }
}

/** Whether the engine waits for what takes the place of a second factor. */
export function isFallback(standing: Standing): boolean {
  return standing.kind === 'asked' && standing.reason === 'fallback-requested'
}
