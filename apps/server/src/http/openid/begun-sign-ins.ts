/** Sign-ins that went to the provider and did not come back yet: each good once, in the browser that began it, for ten minutes. */

const lifeMs = 10 * 60_000
const atMost = 10_000

export interface BegunSignIn {
  /** The hash of the browser's mark. */
  readonly browser: string
  readonly nonce: string
  readonly codeVerifier: string
  /** Of the settings that it was begun with. */
  readonly settingsVersion: number
}

export interface BegunSignIns {
  readonly keep: (state: string, begun: BegunSignIn) => void
  /** What was begun under this state, which is good no more; undefined: nothing, too long ago, or by another browser. */
  readonly take: (state: string, browser: string | undefined) => BegunSignIn | undefined
}

export function createBegunSignIns(clock: () => Date): BegunSignIns {
  // In the order in which they were begun: the oldest first.
  const kept = new Map<string, BegunSignIn & { readonly endsAtMs: number }>()
  return {
    keep(state, begun) {
      const nowMs = clock().getTime()
      for (const [oldest, { endsAtMs }] of kept) {
        if (endsAtMs > nowMs && kept.size < atMost) break
        kept.delete(oldest)
      }
      kept.set(state, { ...begun, endsAtMs: nowMs + lifeMs })
    },
    take(state, browser) {
      const found = kept.get(state)
      // Nobody else's to use up.
      if (found?.browser !== browser) return undefined
      kept.delete(state)
      return found !== undefined && found.endsAtMs > clock().getTime() ? found : undefined
    },
  }
}
