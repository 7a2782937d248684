/** Caching rules and trusted networks, read once when they are saved. */
import { readAddressRange, type AddressRange } from '@sallyport/contract'
import { isAttributeName, type AttributeName } from '@sallyport/radius'
import type { EngineCacheRule, EngineStanding } from '@sallyport/store/engine'

export interface TrustedNetwork {
  readonly name: string
  readonly clientId: string | null
  readonly attribute: AttributeName
  readonly range: AddressRange
}

export interface StandingRules {
  readonly cacheRules: readonly EngineCacheRule[]
  readonly trustedNetworks: readonly TrustedNetwork[]
}

/** What cannot be read is left out: it trusts nobody. */
export function standingRules({ cacheRules, trustedNetworks }: EngineStanding): StandingRules {
  return {
    cacheRules,
    trustedNetworks: trustedNetworks.flatMap(({ name, clientId, attribute, addresses }) => {
      const range = readAddressRange(addresses)
      return range && isAttributeName(attribute) ? [{ name, clientId, attribute, range }] : []
    }),
  }
}
