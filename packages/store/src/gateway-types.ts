/** The gateways that reach people, as the store keeps them. */
import type { GatewayConfiguration, GatewayKind } from '@sallyport/contract'
import type { Actor, Change } from './change.ts'

export interface GatewayFields {
  readonly name: string
  readonly enabled: boolean
  readonly configuration: GatewayConfiguration
}

/** What is sealed; absent: the present one stays. */
export interface GatewaySecrets {
  readonly secret?: string | undefined
  readonly callbackSecret?: string | undefined
}

export interface GatewayRecord extends GatewayFields {
  readonly id: string
  readonly kind: GatewayKind
  /** From 1, among those of its kind. */
  readonly place: number
  readonly hasSecret: boolean
  readonly hasCallbackSecret: boolean
  readonly version: number
}

export interface GatewayRepository {
  /** By kind, and in the order in which those of a kind are asked. */
  list(): Promise<readonly GatewayRecord[]>
  /** Unsealed, for the room that uses them; null when there is no such gateway. */
  secrets(id: string): Promise<GatewaySecrets | null>
  /** At the end of the order of its kind. `already-exists`: the name. */
  create(input: GatewayFields & GatewaySecrets, actor: Actor): Promise<Change<GatewayRecord>>
  /** The type of its configuration must be the present one's. Where `keepsSecret` is false, the stored secret is forgotten. */
  change(
    id: string,
    input: GatewayFields & GatewaySecrets & { version: number; keepsSecret: boolean },
    actor: Actor,
  ): Promise<Change<GatewayRecord>>
  /** Changes places with its neighbour of the same kind; at the end of the order nothing changes. */
  move(id: string, direction: 'up' | 'down', actor: Actor): Promise<Change<GatewayRecord>>
  remove(id: string, version: number, actor: Actor): Promise<Change<GatewayRecord>>
  /** Notes in the audit trail that a real test message goes out. */
  noteTest(id: string, to: string, actor: Actor): Promise<void>
}
