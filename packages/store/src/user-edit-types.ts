/** Many users changed at once, and what brings them back. */
import type { FactorKind, UserFactors, UserListQuery } from '@sallyport/contract'

/** What an edit of many users changes; what is absent stays. */
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

/** Whom an edit is for: these, or whoever a filter of the list finds. */
export type UserSelection =
  | { readonly ids: readonly string[] }
  | { readonly filter: Pick<UserListQuery, 'search' | 'enabled' | 'method' | 'standing'> }

/** What an edit did, as far as it takes to undo it. */
export interface EditedUser {
  readonly id: string
  /** After the edit. */
  readonly version: number
  readonly before: Omit<UserEdit, 'block' | 'unblock'>
  /** The block that it put on them. */
  readonly blockId: string | null
  /** The blocks that it ended. */
  readonly endedBlocks: readonly string[]
}
