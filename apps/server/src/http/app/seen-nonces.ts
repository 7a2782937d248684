/** Remembers which signed requests were taken, for as long as another of the same signature would be in time. */

export interface SeenNonces {
  /** False: it was seen before. */
  readonly take: (deviceId: string, nonce: string) => boolean
}

/**
 * Two generations, each as long as a request counts: what is older than both would be refused as late anyway.
 * Only what is signed gets here, and no device more often than its limit, so the memory is bounded by the devices there are.
 */
export function createSeenNonces(windowMs: number, clock: () => Date): SeenNonces {
  let young = new Set<string>()
  let old = new Set<string>()
  let turnsAtMs = clock().getTime() + windowMs
  return {
    take(deviceId, nonce) {
      const nowMs = clock().getTime()
      if (nowMs >= turnsAtMs) {
        old = nowMs >= turnsAtMs + windowMs ? new Set() : young
        young = new Set()
        turnsAtMs = nowMs + windowMs
      }
      const key = `${deviceId} ${nonce}`
      if (young.has(key) || old.has(key)) return false
      young.add(key)
      return true
    },
  }
}
