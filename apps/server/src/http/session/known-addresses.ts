/** Remembers from which addresses each administrator has been at work since the server started; bounded. */

export interface KnownAddresses {
  readonly note: (administratorId: string, address: string) => void
  readonly has: (administratorId: string, address: string) => boolean
}

const addressesEach = 8
const administratorsAtMost = 1000

export function createKnownAddresses(): KnownAddresses {
  const known = new Map<string, readonly string[]>()
  return {
    note(administratorId, address) {
      const before = known.get(administratorId) ?? []
      if (before[0] === address) return
      if (known.size >= administratorsAtMost && !known.has(administratorId)) known.clear()
      known.set(administratorId, [address, ...before.filter((other) => other !== address)].slice(0, addressesEach))
    },
    has: (administratorId, address) => known.get(administratorId)?.includes(address) ?? false,
  }
}
