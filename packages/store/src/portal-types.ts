/** What the portal asks of the store: sessions of people, and the links that let them in once to enrol. */
import type { PortalSettings } from '@sallyport/contract'
import type { Actor, Change } from './change.ts'
import type { UserRecord } from './user-types.ts'

/** `enrolment`: without a second factor, to set up one and nothing else; `recovery`: by a recovery code, to replace one that is lost. */
export type PortalSessionKind = 'full' | 'enrolment' | 'recovery'

export interface PortalSessionRecord {
  readonly tokenHash: string
  readonly user: UserRecord
  readonly kind: PortalSessionKind
  /** When a second factor was last proven. */
  readonly provenAt: Date
  readonly createdAt: Date
  readonly lastSeenAt: Date
  readonly expiresAt: Date
}

export interface PortalSessionRepository {
  create(input: {
    readonly tokenHash: string
    readonly userId: string
    readonly kind: PortalSessionKind
    readonly expiresAt: Date
    readonly address: string
    readonly userAgent: string
  }): Promise<void>
  /** The session if it has not expired; its user may be disabled or blocked by now. */
  find(tokenHash: string): Promise<PortalSessionRecord | null>
  touch(tokenHash: string, expiresAt: Date): Promise<void>
  remove(tokenHash: string): Promise<void>
  /** Ends every session of a user but this one. */
  removeOthers(userId: string, tokenHash: string): Promise<void>
  removeExpired(): Promise<number>
}

export interface EnrolmentLinkRepository {
  /** Takes the place of the user's earlier ones. */
  create(
    input: { readonly tokenHash: string; readonly userId: string; readonly expiresAt: Date },
    actor: Actor,
  ): Promise<boolean>
  /** Uses it up; null where it is not known, used, expired, or its user is disabled. */
  spend(tokenHash: string, address: string): Promise<UserRecord | null>
}

/** Wrong answers outside of sign-ins, such as a wrong PIN in the portal. */
export interface FactorFailureRepository {
  /** One more, by Company Settings' numbers; the last of them locks the second factor, which the audit trail tells. */
  count(userId: string, actor: Actor): Promise<void>
}

export interface PortalSettingsRepository {
  /** Until saved: nobody enrols on a password alone. */
  read(): Promise<PortalSettings>
  change(input: PortalSettings, actor: Actor): Promise<Change<PortalSettings>>
}

/** The mobile app on one of the user's devices, as far as its owner cares. */
export interface OwnDevice {
  readonly id: string
  readonly name: string
  readonly createdAt: Date
  readonly lastSeenAt: Date | null
  /** Of the codes that it shows; it goes with the device. */
  readonly tokenId: string | null
}

/** What people see and change of their own; each change has its audit entry, with them as who made it. */
export interface OwnFactorRepository {
  /** `language`: BCP 47, empty: Company Settings'. Null: the user is gone. */
  read(userId: string): Promise<{ readonly language: string; readonly devices: readonly OwnDevice[] } | null>
  /** Whether the user has anything that counts as a second factor, whether or not it can be used at this moment. */
  hasAny(userId: string): Promise<boolean>
  setLanguage(userId: string, language: string, actor: Actor): Promise<void>
  /** False: the user has no such device. */
  renameDevice(userId: string, deviceId: string, name: string, actor: Actor): Promise<boolean>
  removeDevice(userId: string, deviceId: string, actor: Actor): Promise<boolean>
}
