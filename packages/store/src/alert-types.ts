/** Alerts as the store keeps them: each row is one thing to tell. */
import type { AlertKind, AlertSettings, AlertView } from '@sallyport/contract'
import type { Actor, Change } from './change.ts'

export interface AlertRecord {
  readonly id: string
  readonly kind: AlertKind
  readonly about: AlertView['about']
  readonly at: Date
  readonly subject: string
  readonly detail: string
  readonly notifiedAt: Date | null
  readonly problem: string | null
  /** Whom a mail gateway has taken the mail for. */
  readonly toldTo: readonly string[]
}

/** What came of telling: whom so far, and whether that is all. */
export interface AlertTold {
  readonly toldTo: readonly string[]
  readonly isDone: boolean
  readonly problem: string | null
}

export interface AlertRepository {
  settings(): Promise<AlertSettings>
  change(input: AlertSettings, actor: Actor): Promise<Change<AlertSettings>>
  /** The newest first. */
  list(limit: number): Promise<readonly AlertRecord[]>
  /** What began and is not over. */
  open(): Promise<readonly AlertRecord[]>
  /** The newest of a kind that counts. */
  lastCounted(kind: AlertKind): Promise<AlertRecord | null>
  add(alert: Pick<AlertRecord, 'kind' | 'subject' | 'detail'> & { readonly about: 'began' | 'counted' }): Promise<void>
  /** It is over, which is a thing to tell of its own where `tell` says so. */
  end(id: string, tell: boolean): Promise<void>
  /** Of the last day, oldest first: whoever is first named today is not told of last year. */
  toTell(limit: number): Promise<readonly AlertRecord[]>
  note(id: string, told: AlertTold): Promise<void>
  /** Users whose second factor is locked until after this: how many, and some of their names. */
  lockedUntilAfter(time: Date): Promise<{ readonly count: number; readonly names: readonly string[] }>
}
