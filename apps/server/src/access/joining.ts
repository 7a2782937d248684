/**
 * Joining of retried sign-ins: a new request that says the same as one that is still being decided, from the same device, waits for
 * its verdict and is answered with it. So a password is checked, and a person asked, once, however often the device retries.
 *
 * "The same" is strict: every attribute but those that a retry renews (identifier, authenticators, Proxy-State, times), so that
 * nobody else who knows the password can slip in on an approval that somebody gives to their own sign-in. What is compared
 * is a keyed hash: no password lives here, and no comparison's time tells anything about one.
 */
import { hash, randomFillSync } from 'node:crypto'

import type { SignInMethod } from '@sallyport/contract'

import type { AccessRequest } from './access-request.ts'

/** What makes two requests the same sign-in. */
interface Beginning {
  readonly request: AccessRequest
  readonly method: SignInMethod
  /** What User-Password held. */
  readonly typed: string
}

/** A sign-in that is being decided, and the requests that will hear its verdict, the first one leading. */
export interface SignInInHand {
  readonly key: string
  readonly requests: AccessRequest[]
}

/** A device that asks more often than this for one answer does not wait for any. */
const requestsAtMost = 32
const keyBytes = 32
const userPasswordType = 2
const chapPasswordType = 3
const chapChallengeType = 60
/** User-Password (hidden anew), Proxy-State, Acct-Delay-Time, Event-Timestamp, Message-Authenticator. */
const renewedTypes: ReadonlySet<number> = new Set([userPasswordType, 33, 41, 55, 80])

export class SignInsInHand {
  readonly #inHand = new Map<string, SignInInHand>()
  /** The key, and room behind it for what is hashed. */
  readonly #area = Buffer.alloc(keyBytes + 8_192)

  /** @param key 32 octets; the same after a restart where what is hashed has to be known again. Random unless told. */
  constructor(key?: Uint8Array) {
    if (key) this.#area.set(key.subarray(0, keyBytes))
    else randomFillSync(this.#area, 0, keyBytes)
  }

  /** The sign-in that this request begins; undefined where it joined one, or came once too often. */
  begin(beginning: Beginning): SignInInHand | undefined {
    const { request } = beginning
    const key = this.#keyOf(beginning)
    const before = this.#inHand.get(key)
    if (before === undefined) {
      const signIn = { key, requests: [request] }
      this.#inHand.set(key, signIn)
      return signIn
    }
    if (before.requests.length < requestsAtMost) before.requests.push(request)
    else request.ignore()
    return undefined
  }

  /** It is answered: what comes now is another sign-in. */
  end({ key }: SignInInHand): void {
    this.#inHand.delete(key)
  }

  #keyOf({ request, typed, method }: Beginning): string {
    const { packet, source, client } = request
    const area = this.#area
    let at = keyBytes + area.write(`${client.id}\n${source.address}\n${method}\n`, keyBytes)
    const add = (octets: Uint8Array) => {
      area.set(octets, at)
      at += octets.length
    }
    let isChap = false
    let hasChallenge = false
    for (const { type, value } of packet.attributes) {
      if (type === chapPasswordType) isChap = true
      if (type === chapChallengeType) hasChallenge = true
      if (renewedTypes.has(type)) continue
      area[at] = type
      area[at + 1] = value.length
      at += 2
      add(value)
    }
    // RFC 2865 §5.40: without the attribute, the authenticator is what the response answers.
    if (isChap && !hasChallenge) add(packet.authenticator)
    area[at++] = userPasswordType
    at += area.write(typed, at)
    // Nobody is shown a hash (who reads the table of pending requests gains nothing by continuing one): a key in front is as good as HMAC, at a fifth of its cost.
    return hash('sha256', area.subarray(0, at), 'base64')
  }
}
