/** Many users changed or removed in one go, how far that is, and what brings them back. */
import type { FactorKind, UserFactors, UserListQuery } from '@sallyport/contract'
import type { Actor } from './change.ts'

/** What is changed in each of them; what is absent stays. */
export interface UserEdit {
  readonly enabled?: boolean | undefined
  readonly factorMethods?: readonly FactorKind[] | undefined
  readonly callMode?: UserFactors['callMode'] | undefined
  readonly textMode?: UserFactors['textMode'] | undefined
  readonly textWithPin?: UserFactors['textWithPin'] | undefined
  readonly appMode?: UserFactors['appMode'] | undefined
  readonly language?: string | undefined
  readonly block?: { readonly reason: string; readonly until: Date | null } | undefined
  readonly unblock?: true | undefined
}

export type UserBatchAct = { readonly kind: 'change'; readonly changes: UserEdit } | { readonly kind: 'remove' }

/** Whom it is for: these, or whoever a filter of the list finds, if they are as many as were shown. */
export type UserSelection =
  { readonly ids: readonly string[] } | { readonly filter: UserFilter; readonly count: number }
export type UserFilter = Pick<UserListQuery, 'search' | 'enabled' | 'method' | 'standing'>

/** Why a user could not be brought back. */
export type UndoProblem = 'changed-since' | 'name-taken' | 'gone'

export interface UserBatchRecord {
  readonly id: string
  readonly at: Date
  readonly administratorId: string | null
  readonly administrator: string
  readonly kind: UserBatchAct['kind'] | 'undo'
  /** `stopped`: with the server, or by a failure; what was done by then stays done. */
  readonly state: 'running' | 'done' | 'stopped'
  readonly total: number
  /** Of the total, how many were looked at; and of those, how many changed. */
  readonly done: number
  readonly changed: number
  /** Until when it can be taken back; null: not, or not any more. */
  readonly undoUntil: Date | null
  /** Of an undo: who could not be brought back; at most 100 of them. */
  readonly notBroughtBack: readonly { readonly username: string; readonly problem: UndoProblem }[]
}

export interface BegunBatch {
  readonly ok: true
  readonly batch: UserBatchRecord
  /** Does it, in transactions short enough for everybody else; `afterPiece` hears whose rows each of them changed. */
  readonly carryOut: (afterPiece: (userIds: readonly string[]) => Promise<void>) => Promise<void>
}

export interface UserBatchRepository {
  /** `count-changed`: the filter finds another number of people than were shown. */
  begin(
    selection: UserSelection,
    act: UserBatchAct,
    actor: Actor,
  ): Promise<BegunBatch | { readonly ok: false; readonly problem: 'count-changed'; readonly count: number }>
  /** Takes one back, as far as nobody changed the same users since; `too-late` where nothing of it is kept any more. */
  beginUndo(
    id: string,
    actor: Actor,
  ): Promise<BegunBatch | { readonly ok: false; readonly problem: 'not-found' | 'too-late' | 'running' }>
  byId(id: string): Promise<UserBatchRecord | null>
  /** When the server starts: what still ran stopped with it. */
  stopRunning(): Promise<void>
  /** Forgets what is over: what brings people back after an hour, the rest after a day. */
  sweep(): Promise<void>
}
