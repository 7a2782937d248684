/** Who changes something, and what came of it. */

/** Who changes something: an administrator, or the server itself (`id` null). */
export interface Actor {
  readonly id: string | null
  readonly name: string
  /** The address that the request came from; null where there was none. */
  readonly address: string | null
}

/** A change that met what it expected, or the reason why it could not be made; nothing was changed then. */
export type Change<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: 'not-found' }
  | { readonly ok: false; readonly problem: 'changed-meanwhile'; readonly current: T }
  | { readonly ok: false; readonly problem: 'already-exists'; readonly field: string }

/** A page of a list; `nextCursor` null: the last. */
export interface Page<T> {
  readonly rows: readonly T[]
  readonly nextCursor: string | null
  readonly total: number
  /** Counting stopped at `total`: there may be more. */
  readonly totalIsAtLeast?: boolean
}
