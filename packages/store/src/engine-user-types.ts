/** The users as the engine knows them: their tokens, how they are asked for a second factor, and the passwords that are kept. */
import type { FactorKind, OathAlgorithm, OathType } from '@sallyport/contract'

export interface EngineUser extends EngineUserFactors {
  readonly id: string
  readonly username: string
  readonly usernameKey: string
  readonly enabled: boolean
  readonly factorLockedUntil: number | null
  readonly factorFailures: readonly number[]
  readonly tokens: readonly EngineToken[]
}

/** How a user is asked for a second factor; what is null or empty, Company Settings decide. */
export interface EngineUserFactors {
  /** In the order in which they are tried. */
  readonly factorMethods: readonly FactorKind[]
  /** The person's own order of those that are theirs. */
  readonly factorOrder: readonly FactorKind[]
  readonly email: string
  /** E.164; empty: none. */
  readonly phone: string
  readonly phoneExtension: string
  readonly backupPhone: string
  readonly backupExtension: string
  readonly callMode: 'standard' | 'pin' | null
  readonly textMode: 'one-way' | 'two-way' | null
  readonly textWithPin: boolean | null
  readonly appMode: 'standard' | 'pin' | null
  /** BCP 47. */
  readonly language: string
  readonly pin: EnginePin | null
  readonly devices: readonly EngineDevice[]
  /** The block that is in force longest; it counts while its end lies ahead. */
  readonly block: EngineBlock | null
  /** Those that nobody has used or ended. */
  readonly bypasses: readonly EngineBypass[]
}

export interface EnginePin {
  /** Argon2id. */
  readonly hash: string
  readonly mustChange: boolean
  readonly changedAtMs: number
}

/** The mobile app on a device. */
export interface EngineDevice {
  readonly id: string
  readonly name: string
}

export interface EngineBlock {
  readonly id: string
  readonly reason: string
  /** Null: until somebody unblocks. */
  readonly untilMs: number | null
}

export interface EngineBypass {
  readonly id: string
  readonly expiresAtMs: number
}

export interface EngineToken {
  readonly id: string
  readonly serialNumber: string
  /** Still sealed: `EngineReader.unsealToken` opens it, at the moment of use. */
  readonly sealedSecret: string
  readonly type: OathType
  readonly algorithm: OathAlgorithm
  readonly digits: number
  /** Of TOTP. */
  readonly stepSeconds: number
  /** The newest time step (TOTP) or counter (HOTP) that is used up, with all before it. */
  readonly lastUsedStep: number | null
  /** How many steps the token's clock runs ahead (+) or behind (−), smoothed; 0 with HOTP. */
  readonly driftSteps: number
  /** Its codes count from then on, and until then; null: always, for ever. */
  readonly notBeforeMs: number | null
  readonly notAfterMs: number | null
}

/** A password that is kept here. */
export interface EnginePassword {
  /** Argon2id. */
  readonly hash: string
  /** Still sealed: `EngineReader.unsealNtHash` opens it, at the moment of use. Null: MS-CHAPv2 is not possible. */
  readonly sealedNtHash: string | null
  readonly mustChange: boolean
  readonly changedAtMs: number
}
