/** The rules by which the engine lets people in without asking again, and what it remembers by them. */
import type { CacheScope, FactorKind } from '@sallyport/contract'

/** The rules by which people are let in without being asked again: the enabled ones, in their order. */
export interface EngineStanding {
  readonly cacheRules: readonly EngineCacheRule[]
  readonly trustedNetworks: readonly EngineTrustedNetwork[]
}

/** When a second factor is remembered. */
export interface EngineCacheRule {
  readonly id: string
  /** A change ends what the rule remembered before. */
  readonly version: number
  /** Null: every client. */
  readonly clientId: string | null
  readonly scope: CacheScope
  readonly methods: readonly FactorKind[]
  /** 0: nothing is remembered, whatever later rules say. */
  readonly seconds: number
}

/** Where no second factor is asked for. */
export interface EngineTrustedNetwork {
  readonly id: string
  readonly name: string
  /** Null: every client. */
  readonly clientId: string | null
  /** The name of the attribute that says where the person is. */
  readonly attribute: string
  /** Canonical: an address, a prefix, or first and last address with a hyphen between. */
  readonly addresses: string
}

/** A second factor that is remembered. */
export interface FactorPassRow {
  readonly key: string
  readonly userId: string
  readonly expiresAtMs: number
}
