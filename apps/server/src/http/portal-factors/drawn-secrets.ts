/** Secrets of tokens that people are about to enrol: one a session, in memory alone, for ten minutes. */
export interface DrawnSecrets {
  /** Takes the place of the session's earlier one. False: too many people enrol at this moment. */
  readonly keep: (session: string, secret: Uint8Array) => Date | undefined
  /** Undefined: none was drawn, or it is too old. */
  readonly peek: (session: string) => Uint8Array | undefined
  readonly forget: (session: string) => void
}

const lifeMs = 10 * 60_000
const atMost = 5_000

export function createDrawnSecrets(clock: () => Date): DrawnSecrets {
  // In the order in which they were drawn: the oldest first.
  const drawn = new Map<string, { readonly secret: Uint8Array; readonly expiresAtMs: number }>()
  const sweep = () => {
    const nowMs = clock().getTime()
    for (const [session, { expiresAtMs }] of drawn) {
      if (expiresAtMs > nowMs) return
      drawn.delete(session)
    }
  }
  return {
    keep(session, secret) {
      sweep()
      drawn.delete(session)
      if (drawn.size >= atMost) return undefined
      const expiresAtMs = clock().getTime() + lifeMs
      drawn.set(session, { secret, expiresAtMs })
      return new Date(expiresAtMs)
    },
    peek(session) {
      sweep()
      return drawn.get(session)?.secret
    },
    forget: (session) => void drawn.delete(session),
  }
}
