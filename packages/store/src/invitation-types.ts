/** What the jobs and the console ask of the store about mails that invite people to set up a second factor. */
import type { InvitationHindrance, InvitationState } from '@sallyport/contract'
import type { Actor } from './change.ts'

/** The last invitation of a user. */
export interface InvitationRecord {
  readonly state: InvitationState
  readonly invitedBy: string
  readonly createdAt: Date
  /** Empty: no mail was written. */
  readonly address: string
  readonly sentAt: Date | null
  readonly expiresAt: Date | null
  readonly problem: string | null
}

/** What of a user stands in the way of an invitation; null: nothing. */
type OfUser = Exclude<InvitationHindrance, 'no-gateway' | 'no-portal-address'> | null

/** A mail that is to be handed over now: its link lets in from now on. */
export interface ClaimedInvitation {
  readonly userId: string
  readonly username: string
  /** BCP 47; empty: Company Settings'. */
  readonly language: string
  readonly address: string
  readonly expiresAt: Date
}

export interface InvitationRepository {
  /** Null: there is no such user. */
  ofUser(userId: string): Promise<{ invitation: InvitationRecord | null; hindrance: OfUser } | null>
  /** Puts an invitation in line. Undefined: there is no such user. Null: done. */
  invite(userId: string, actor: Actor): Promise<OfUser | undefined>
  /** What was being handed over when the server ended is in line again: nobody can know whether it went. */
  recover(): Promise<void>
  /**
   * Takes the one that is longest due, and makes the link that has this hash, in place of the user's earlier ones. Who must not be
   * invited any more is withdrawn instead.
   */
  claim(tokenHash: string): Promise<ClaimedInvitation | 'withdrawn' | null>
  /** What became of what was claimed. A link that did not go out lets nobody in. */
  note(
    tokenHash: string,
    outcome: { readonly kind: 'sent' } | { readonly kind: 'later' | 'failed'; readonly problem: string },
  ): Promise<void>
}
