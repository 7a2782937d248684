/** Counts tries by key inside a window of time and says when the next one may come; its memory is bounded. */
import ipaddr from 'ipaddr.js'

export interface Throttle {
  /** Takes one try: 0 when it may go on, else the seconds until it may. Counted before the work, so that tries at once count. */
  readonly take: (key: string) => number
  /** Returns a try that turned out to be right, and clears the key. */
  readonly clear: (key: string) => void
}

export interface ThrottleOptions {
  /** Tries in a window. */
  readonly limit: number
  readonly windowMs: number
  /** Keys remembered; beyond, the one that began longest ago is forgotten. */
  readonly maximumKeys: number
  readonly clock: () => Date
}

export function createThrottle({ limit, windowMs, maximumKeys, clock }: ThrottleOptions): Throttle {
  const windows = new Map<string, { endsAtMs: number; tries: number }>()
  return {
    take(key) {
      const nowMs = clock().getTime()
      const open = windows.get(key)
      if (open !== undefined && open.endsAtMs > nowMs) {
        if (open.tries >= limit) return Math.max(1, Math.ceil((open.endsAtMs - nowMs) / 1000))
        open.tries += 1
        return 0
      }
      windows.delete(key)
      for (const oldest of windows.keys()) {
        if (windows.size < maximumKeys) break
        windows.delete(oldest)
      }
      windows.set(key, { endsAtMs: nowMs + windowMs, tries: 1 })
      return 0
    },
    clear(key) {
      windows.delete(key)
    },
  }
}

/** Who sends, for counting: an IPv4 address, or the /64 of an IPv6 address, which is one network's to choose from. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, 4).join(':') : parsed.toString()
}
