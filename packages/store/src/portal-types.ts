/** What the portal asks of the store: sessions of people, and the links that let them in once to enrol. */
import type { Actor, UserRecord } from './types.ts'

/** `enrolment`: without a second factor, to set up one and nothing else. */
export type PortalSessionKind = 'full' | 'enrolment'

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
