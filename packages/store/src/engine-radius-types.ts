/** The RADIUS clients that the engine answers, what it adds to their Accepts, and the RADIUS servers that it asks itself. */
import type { FactorKind, FactorMode, MessageAuthenticatorPolicy, ReplyOperation } from '@sallyport/contract'
import type { RadiusServerFields } from './radius-types.ts'

export interface EngineClient {
  readonly id: string
  /** Canonical address or prefix; empty where the certificate alone tells. */
  readonly address: string
  /** What a request must name to be this client's; empty: whatever no other client of the address is named by. */
  readonly nasIdentifier: string
  /** What its certificate says over RadSec; empty: it asks by UDP alone. */
  readonly certificateName: string
  readonly applicationName: string
  readonly sharedSecret: string
  readonly requireUserMatch: boolean
  readonly messageAuthenticator: MessageAuthenticatorPolicy
  readonly limitProxyState: boolean
  readonly factorMode: FactorMode
  readonly canBeChallenged: boolean
  readonly deviceTimeoutSeconds: number
  /** The second factors that may be used here; [] for all that Company Settings allow. */
  readonly allowedMethods: readonly FactorKind[]
  readonly fallbackOath: boolean
  readonly pushWithoutNumber: boolean
  readonly messageAuthenticatorSeen: boolean
}

/** What goes into an Access-Accept, its value unsealed. */
export interface EngineReplyRule {
  readonly id: string
  /** Null: every client. */
  readonly clientId: string | null
  /** A DN or a name; empty: every user. */
  readonly groupName: string
  readonly operation: ReplyOperation
  readonly attribute: string
  readonly tag: number
  readonly value: string
}

/** A server of the target *RADIUS server(s)*, its secrets unsealed. */
export interface EngineRadiusServer extends RadiusServerFields {
  readonly id: string
  readonly sharedSecret: string | null
  /** PEM. */
  readonly privateKey: string | null
  readonly messageAuthenticatorSeen: boolean
}

export interface EngineRadiusTarget {
  readonly whenAllDead: 'silence' | 'reject'
  /** In the order in which they are asked. */
  readonly servers: readonly EngineRadiusServer[]
}
