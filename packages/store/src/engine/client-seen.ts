/** What was seen of a client, added up; and how the methods it used are kept in one number. */
import type { SignInMethod } from '@sallyport/contract'
import type { JournalRecord } from '../engine-record-types.ts'

export interface ClientSeen {
  readonly atMs: number
  /** When it first proved the secret by a Message-Authenticator; null: not in these records. */
  readonly authenticatedAtMs: number | null
  /** When it first sent Proxy-State, likewise. */
  readonly forwardedAtMs: number | null
  /** A bit each: see `methodBits`. */
  readonly methods: number
}

const methodBits: Record<SignInMethod, number> = { none: 0, pap: 1, chap: 2, 'ms-chap': 4, eap: 8 }

export function foldClientSeen(
  before: ClientSeen | undefined,
  { atMs, messageAuthenticator, proxyState, method }: Extract<JournalRecord, { kind: 'client-seen' }>,
): ClientSeen {
  return {
    atMs: Math.max(before?.atMs ?? atMs, atMs),
    authenticatedAtMs: before?.authenticatedAtMs ?? (messageAuthenticator ? atMs : null),
    forwardedAtMs: before?.forwardedAtMs ?? (proxyState ? atMs : null),
    // A journal that an older release wrote names no method: that adds nothing.
    methods: (before?.methods ?? 0) | methodBits[method],
  }
}

/** The methods that a number stands for. */
export function methodsIn(bits: number): readonly Exclude<SignInMethod, 'none'>[] {
  return (['pap', 'chap', 'ms-chap', 'eap'] as const).filter((method) => (bits & methodBits[method]) !== 0)
}
