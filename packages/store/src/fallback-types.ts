/** What the store keeps for people who lose their second factor: recovery codes, security questions, and what is allowed. */
import type { PortalFallbackSettings } from '@sallyport/contract'
import type { Actor, Change } from './change.ts'

export interface RecoveryCodeRepository {
  /** The codes as their owner will type them, folded; those from before end. False: the user is gone. */
  replace(userId: string, codes: readonly string[], actor: Actor): Promise<boolean>
  /** Null: none were made. */
  standing(userId: string): Promise<{ readonly left: number; readonly createdAt: Date } | null>
  /** The id of the user's code that this is; null where it is none, or used. */
  match(userId: string, code: string): Promise<string | null>
  /** Uses it up; false where somebody was quicker. */
  spend(id: string, address: string): Promise<boolean>
  /** False: there were none. */
  remove(userId: string, actor: Actor): Promise<boolean>
}

export interface SecurityAnswerRecord {
  readonly id: string
  readonly question: string
  /** Argon2id of the folded answer. */
  readonly hash: string
  readonly createdAt: Date
}

export interface SecurityAnswerRepository {
  /** Those from before end. False: the user is gone. */
  replace(
    userId: string,
    answers: readonly Pick<SecurityAnswerRecord, 'question' | 'hash'>[],
    actor: Actor,
  ): Promise<boolean>
  /** In the order in which they are asked: the same until they were answered, so that nobody waits for an easier one. */
  list(userId: string): Promise<readonly SecurityAnswerRecord[]>
  /** They were answered rightly, and let their owner in. */
  proven(userId: string, ids: readonly string[], address: string): Promise<void>
  /** False: there were none. */
  remove(userId: string, actor: Actor): Promise<boolean>
}

export interface PortalFallbackRepository {
  /** Until saved: recovery codes, and no questions. */
  read(): Promise<PortalFallbackSettings>
  change(input: PortalFallbackSettings, actor: Actor): Promise<Change<PortalFallbackSettings>>
}
