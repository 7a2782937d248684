/**
 * MS-CHAP2-CPW for a Windows domain (RFC 2759 §7). Only the domain knows the old password, and to ask it whether it was right is to
 * change it. So a change waits, sealed, until the second factor holds; then the domain decides, and its new password is proven by the
 * response that came with it. Who may ask for one has just been told that their password is expired, which a domain controller says
 * to nobody who does not know it: a stranger brings nobody's telephone to ring.
 */
import type { MschapV2Change } from '@sallyport/radius'
import { z } from 'zod'

import type { NtlmChangeQuestion } from '../../windows-domain/ntlm-change.ts'

/** What waits for the second factor. */
export interface WaitingChange {
  readonly accountName: string
  readonly authenticatorChallenge: Uint8Array
  readonly response: MschapV2Change
}

const octets = (length: number) =>
  z
    .base64()
    .transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
    .refine((value) => value.length === length)

const shape = z.object({
  accountName: z.string(),
  authenticatorChallenge: octets(16),
  ident: z.int().min(0).max(255),
  peerChallenge: octets(16),
  ntResponse: octets(24),
  encryptedPassword: octets(516),
  encryptedHash: octets(16),
})

/** As text, to be sealed. */
export function writeWaitingChange({ accountName, authenticatorChallenge, response }: WaitingChange): string {
  const base64 = (value: Uint8Array) => Buffer.from(value).toString('base64')
  const { ident, peerChallenge, ntResponse, encryptedPassword, encryptedHash } = response
  return JSON.stringify({
    ...{ accountName, ident },
    authenticatorChallenge: base64(authenticatorChallenge),
    peerChallenge: base64(peerChallenge),
    ntResponse: base64(ntResponse),
    encryptedPassword: base64(encryptedPassword),
    encryptedHash: base64(encryptedHash),
  })
}

/** What {@link writeWaitingChange} wrote. Throws where it is something else. */
export function readWaitingChange(text: string): WaitingChange {
  const { accountName, authenticatorChallenge, ...response } = shape.parse(JSON.parse(text))
  return { accountName, authenticatorChallenge, response }
}

/** What the domain is asked in the end. */
export function changeQuestion({ accountName, response }: WaitingChange, domain: string): NtlmChangeQuestion {
  const { encryptedPassword, encryptedHash } = response
  return { username: accountName, domain, encryptedPassword, encryptedHash }
}

const holdsForMs = 5 * 60_000
const rememberAtMost = 10_000

/** Who was told through which client that their password is expired, and so has proven it; once each. */
export class ProvenExpired {
  readonly #until = new Map<string, number>()
  readonly #clock: () => number

  constructor(clock: () => number) {
    this.#clock = clock
  }

  note(clientId: string, userKey: string): void {
    const key = keyOf(clientId, userKey)
    this.#until.delete(key)
    if (this.#until.size >= rememberAtMost) {
      const oldest = this.#until.keys().next()
      if (!oldest.done) this.#until.delete(oldest.value)
    }
    this.#until.set(key, this.#clock() + holdsForMs)
  }

  take(clientId: string, userKey: string): boolean {
    const key = keyOf(clientId, userKey)
    const until = this.#until.get(key) ?? 0
    this.#until.delete(key)
    return until > this.#clock()
  }
}

function keyOf(clientId: string, userKey: string): string {
  return `${clientId} ${userKey}`
}
