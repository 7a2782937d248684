/** RADIUS clients, reply rules and the servers of the target, as the store keeps them. */
import type {
  FactorKind,
  FactorMode,
  MessageAuthenticatorPolicy,
  ReplyOperation,
  SignInMethod,
  VendorProfileId,
} from '@sallyport/contract'
import type { Actor, Change } from './change.ts'

export interface RadiusClientFields {
  readonly address: string
  readonly nasIdentifier: string
  readonly certificateName: string
  readonly applicationName: string
  readonly vendorProfile: VendorProfileId
  readonly requireUserMatch: boolean
  readonly messageAuthenticator: MessageAuthenticatorPolicy
  readonly limitProxyState: boolean
  readonly factorMode: FactorMode
  readonly canBeChallenged: boolean
  readonly deviceTimeoutSeconds: number
  /** [] for all that Company Settings allow. */
  readonly allowedMethods: readonly FactorKind[]
  readonly fallbackOath: boolean
  readonly pushWithoutNumber: boolean
  readonly enabled: boolean
}

export interface RadiusClientRecord extends RadiusClientFields {
  readonly id: string
  readonly messageAuthenticatorSeenAt: Date | null
  readonly proxyStateSeenAt: Date | null
  readonly methodsSeen: readonly Exclude<SignInMethod, 'none'>[]
  readonly lastSeenAt: Date | null
  readonly signInsLastDay: number
  readonly createdAt: Date
  readonly version: number
}

/** A client with its secret unsealed, for the packets of a test; it never leaves the server's own threads. */
export interface RadiusClientForTest extends RadiusClientFields {
  readonly id: string
  readonly sharedSecret: string
}

export interface RadiusClientRepository {
  list(): Promise<readonly RadiusClientRecord[]>
  forTest(id: string): Promise<RadiusClientForTest | null>
  create(input: RadiusClientFields & { sharedSecret: string }, actor: Actor): Promise<Change<RadiusClientRecord>>
  change(
    id: string,
    input: RadiusClientFields & { sharedSecret?: string; version: number },
    actor: Actor,
  ): Promise<Change<RadiusClientRecord>>
  remove(id: string, version: number, actor: Actor): Promise<Change<RadiusClientRecord>>
}

export interface ReplyRuleFields {
  readonly clientId: string | null
  readonly groupName: string
  readonly operation: ReplyOperation
  readonly attribute: string
  readonly tag: number
  readonly enabled: boolean
}

/** `value` is null where it is a secret. */
export interface ReplyRuleRecord extends ReplyRuleFields {
  readonly id: string
  readonly value: string | null
  readonly createdAt: Date
  readonly version: number
}

export interface RadiusServerFields {
  /** An address, or a name that DNS knows. */
  readonly host: string
  readonly authenticationPort: number
  /** Null: it takes no accounting. */
  readonly accountingPort: number | null
  readonly transport: 'udp' | 'radsec'
  readonly timeoutSeconds: number
  readonly tries: number
  readonly messageAuthenticator: 'auto' | 'require'
  /** RadSec, PEM: the authorities of the server's certificate. */
  readonly caPem: string | null
  /** RadSec, PEM: our own certificate. */
  readonly certificatePem: string | null
}

/** What is sealed; absent: the present one stays. */
export interface RadiusServerSecrets {
  readonly sharedSecret?: string | undefined
  /** PEM. */
  readonly privateKey?: string | undefined
}

export interface RadiusServerRecord extends RadiusServerFields {
  readonly id: string
  /** From 1. */
  readonly place: number
  readonly hasSharedSecret: boolean
  readonly hasPrivateKey: boolean
  readonly messageAuthenticatorSeenAt: Date | null
  readonly createdAt: Date
  readonly version: number
}

/** `secret` says how the value is kept: sealed, and never shown. Undefined keeps the present value, which must be of that kind. */
export interface ReplyRuleValue {
  readonly value?: string
  readonly secret: boolean
}

export interface ReplyRuleRepository {
  /** In the order in which they apply. */
  list(): Promise<readonly ReplyRuleRecord[]>
  /** The value, unsealed where it is a secret; null when there is no such rule. */
  value(id: string): Promise<string | null>
  /** Goes to the end of the order. */
  create(input: ReplyRuleFields & ReplyRuleValue & { value: string }, actor: Actor): Promise<Change<ReplyRuleRecord>>
  change(
    id: string,
    input: ReplyRuleFields & ReplyRuleValue & { version: number },
    actor: Actor,
  ): Promise<Change<ReplyRuleRecord>>
  /** Changes places with the rule before or after it; at the end of the order nothing changes. */
  move(id: string, direction: 'up' | 'down', version: number, actor: Actor): Promise<Change<ReplyRuleRecord>>
  remove(id: string, version: number, actor: Actor): Promise<Change<ReplyRuleRecord>>
}

export interface RadiusServerRepository {
  /** In the order in which they are asked. */
  list(): Promise<readonly RadiusServerRecord[]>
  /** Its secrets, unsealed, for a test of it; null when there is no such server. */
  secrets(id: string): Promise<{ readonly sharedSecret: string | null; readonly privateKey: string | null } | null>
  /** At the end of the order. `already-exists`: the same host, port and transport. */
  create(input: RadiusServerFields & RadiusServerSecrets, actor: Actor): Promise<Change<RadiusServerRecord>>
  change(
    id: string,
    input: RadiusServerFields & RadiusServerSecrets & { version: number },
    actor: Actor,
  ): Promise<Change<RadiusServerRecord>>
  /** Changes places with its neighbour; at the end of the order nothing changes. */
  move(id: string, direction: 'up' | 'down', actor: Actor): Promise<Change<RadiusServerRecord>>
  remove(id: string, version: number, actor: Actor): Promise<Change<RadiusServerRecord>>
}
