/**
 * Everybody who is being asked for a second factor at this moment: in memory, and in the journal, so that a restart forgets nobody.
 * One small object a person; one sweep ends what nobody answered. What a decision must be, `pending-decisions.ts` says.
 */
import type { JournalRecord } from '@sallyport/store/engine'

import type { AskedPerson, Ending, PendingRequests, Waiter } from '../access/pending.ts'
import type { CallEnd, DeliveryOrder, PendingNews, PendingOutcome } from '../bus/pending.ts'
import type { Delivered } from '../bus/delivery-jobs.ts'
import { AskedTimes } from './asked-times.ts'
import { EndedRequests } from './ended-requests.ts'
import { nobody, PendingEntry, recordOf, restored } from './pending-entry.ts'
import { readStored } from './pending-rows.ts'
import { pendingNews } from './pending-news.ts'

export interface PendingTableNeeds {
  /** Milliseconds since 1970. */
  readonly clock: () => number
  /** Resolves when the records are on disk; rejects when they cannot be. */
  readonly append: (records: readonly JournalRecord[]) => Promise<void>
  readonly tell: (news: PendingNews) => void
  readonly order: (order: DeliveryOrder) => void
  readonly onError: (error: unknown, where: string) => void
}

/** PROTOCOL: beyond these, silence. */
const atMost = 50_000
/** A device that was not served while a person approved asks anew within this. */
const approvedForMs = 60_000
/** So long it counts that a user was asked. */
const countsForMs = 600_000

/** How a decision ends one. */
export type Settled = Extract<Ending, 'approved' | 'denied' | 'cancelled' | 'fraud' | 'wrong-number'>

export class PendingTable implements PendingRequests {
  readonly #needs: PendingTableNeeds
  readonly #open = new Map<string, PendingEntry>()
  readonly #byJoinKey = new Map<string, PendingEntry>()
  readonly #ended = new EndedRequests()
  readonly #times = new AskedTimes()

  constructor(needs: PendingTableNeeds) {
    this.#needs = needs
  }

  get size(): number {
    return this.#open.size
  }

  /** What a former process wrote down. What nobody can decide any more is forgotten: a retry asks anew. */
  load(bodies: readonly string[]): void {
    const now = this.#needs.clock()
    for (const stored of bodies.flatMap(readStored)) {
      const { asked, ending } = stored
      if (asked.method !== 'oath') this.#times.add(asked.userId, asked.startedAtMs)
      const entry = restored(stored, now)
      if (entry) this.#put(entry)
      else this.#ended.add(asked.id, ending ?? 'no-answer', now)
    }
  }

  /** Tells of everybody who is asked now, and has the app's notifications sent again: they may never have gone out. */
  announce(): void {
    for (const { asked, ending } of this.#open.values()) {
      if (ending !== null) continue
      this.#needs.tell(pendingNews(asked))
      if (asked.method === 'push') this.#needs.order({ id: asked.id, kind: 'push' })
    }
  }

  async open(asked: AskedPerson, order: DeliveryOrder, backup: DeliveryOrder | null = null): Promise<boolean> {
    if (this.#open.size >= atMost) return false
    const entry = new PendingEntry(asked, backup)
    this.#put(entry)
    this.#times.add(asked.userId, asked.startedAtMs)
    try {
      await this.#needs.append([recordOf(entry)])
    } catch (error) {
      this.#remove(entry)
      throw error
    }
    // Somebody may have ended it meanwhile.
    if (entry.ending !== null) return true
    this.#needs.tell(pendingNews(asked))
    this.#needs.order(order)
    return true
  }

  find(id: string): AskedPerson | undefined {
    return this.#open.get(id)?.asked
  }

  joinable(userId: string, clientId: string, joinKey: string): AskedPerson | undefined {
    const entry = joinKey === '' ? undefined : this.#byJoinKey.get(joinKey)
    if (!entry || entry.asked.userId !== userId || entry.asked.clientId !== clientId) return undefined
    const untilMs = entry.ending === null ? entry.asked.expiresAtMs : entry.usableUntilMs
    return untilMs > this.#needs.clock() ? entry.asked : undefined
  }

  isApproved(id: string): boolean {
    return this.#open.get(id)?.ending === 'approved'
  }

  ending(id: string): Ending | null {
    const entry = this.#open.get(id)
    return entry ? entry.ending : (this.#ended.of(id) ?? 'no-answer')
  }

  wait(id: string, waiter: Waiter): void {
    const entry = this.#open.get(id)
    const ending = this.ending(id)
    if (!entry || ending !== null) wake([waiter], ending ?? 'no-answer')
    // Spreading would leave room for sixteen more.
    else entry.waiters = entry.waiters.concat(waiter)
  }

  sent(id: string, untilMs: number): Promise<boolean> {
    const entry = this.#open.get(id)
    if (!entry || entry.ending !== null) return Promise.resolve(false)
    if (entry.sent !== null) return Promise.resolve(entry.sent)
    return new Promise((resolve) => {
      entry.whenSent = { untilMs, resolve: () => resolve(entry.sent ?? false) }
    })
  }

  take(id: string): JournalRecord | undefined {
    const entry = this.#open.get(id)
    if (entry?.ending !== 'approved' || entry.usableUntilMs <= this.#needs.clock()) return undefined
    this.#remove(entry)
    return recordOf(entry, true)
  }

  close(id: string, how: Exclude<Ending, 'approved'> | 'answered'): JournalRecord | undefined {
    const entry = this.#open.get(id)
    if (!entry || entry.ending !== null) return undefined
    this.#end(entry, how === 'answered' ? 'cancelled' : how)
    this.#tellClosed(entry, how === 'busy' || how === 'hung-up' ? 'no-answer' : how)
    return recordOf(entry, true)
  }

  askedSince(userId: string, sinceMs: number): number {
    return this.#times.since(userId, sinceMs)
  }

  /** The open one of this id, for whoever judges a decision. */
  entryOf(id: string): PendingEntry | undefined {
    return this.#open.get(id)
  }

  /** Whether one of this id was open lately, and is over. */
  isOver(id: string): boolean {
    return this.#ended.of(id) !== undefined
  }

  /** Decides it now, for a retry of the device cannot come between; resolves when that and what follows from it is on disk. */
  async settle(
    entry: PendingEntry,
    ending: Settled,
    follows: (asked: AskedPerson) => readonly JournalRecord[],
  ): Promise<void> {
    const { asked } = entry
    entry.takenUntilMs = Math.max(asked.expiresAtMs, this.#needs.clock() + approvedForMs)
    this.#end(entry, ending)
    const records = [recordOf(entry, ending !== 'approved'), ...follows(asked)]
    this.#tellClosed(entry, ending)
    await this.#needs.append(records)
  }

  /** What became of an order. */
  delivered(id: string, delivered: Delivered): void {
    const entry = this.#open.get(id)
    if (!entry) return
    entry.sent = delivered.kind === 'sent'
    entry.whenSent?.resolve()
    entry.whenSent = null
    // An app that could not be notified still finds the request when it is opened.
    if (entry.asked.method === 'push' || entry.ending !== null) return
    if (entry.sent) this.#write([recordOf(entry)])
    else if (!this.#tryBackup(entry)) this.#closeNow(entry, 'failed')
  }

  /** A call ended without a decision. */
  callEnded(id: string, how: CallEnd): void {
    const entry = this.#open.get(id)
    if (entry?.asked.method !== 'call' || entry.ending !== null) return
    // Whoever hung up was reached.
    if (how === 'hung-up' || !this.#tryBackup(entry)) this.#closeNow(entry, how)
  }

  /** Ends what nobody answered in time, and forgets what is over. */
  sweep(): void {
    const now = this.#needs.clock()
    const records: JournalRecord[] = []
    for (const entry of this.#open.values()) {
      if (entry.ending !== null) {
        if (entry.usableUntilMs <= now) this.#remove(entry)
      } else if (entry.asked.expiresAtMs <= now) {
        const closed = this.close(entry.asked.id, 'no-answer')
        if (closed) records.push(closed)
      } else {
        this.#endWaiting(entry, now)
        if (entry.whenSent && entry.whenSent.untilMs <= now) entry.whenSent.resolve()
      }
    }
    this.#ended.sweep(now)
    this.#times.sweep(now - countsForMs)
    if (records.length > 0) this.#write(records)
  }

  #tellClosed({ asked: { id, deviceIds } }: PendingEntry, outcome: PendingOutcome): void {
    this.#needs.tell({ kind: 'closed', id, outcome, deviceIds })
  }

  #tryBackup(entry: PendingEntry): boolean {
    const { backup } = entry
    if (!backup) return false
    entry.backup = null
    this.#needs.order(backup)
    return true
  }

  #closeNow(entry: PendingEntry, how: Exclude<Ending, 'approved'>): void {
    const closed = this.close(entry.asked.id, how)
    if (closed) this.#write([closed])
  }

  /** Whoever waits hears of it. Only an approval stays, to be taken. */
  #end(entry: PendingEntry, ending: Ending): void {
    entry.ending = ending
    const { waiters } = entry
    entry.waiters = nobody
    if (ending !== 'approved') this.#remove(entry)
    wake(waiters, ending)
    entry.whenSent?.resolve()
    entry.whenSent = null
  }

  #endWaiting(entry: PendingEntry, now: number): void {
    const late = entry.waiters.filter(({ untilMs }) => untilMs <= now)
    if (late.length === 0) return
    entry.waiters = entry.waiters.filter((waiter) => !late.includes(waiter))
    wake(late, 'no-answer')
  }

  #put(entry: PendingEntry): void {
    this.#open.set(entry.asked.id, entry)
    if (entry.asked.joinKey !== '') this.#byJoinKey.set(entry.asked.joinKey, entry)
  }

  #remove(entry: PendingEntry): void {
    const { id, joinKey } = entry.asked
    this.#open.delete(id)
    if (this.#byJoinKey.get(joinKey) === entry) this.#byJoinKey.delete(joinKey)
    this.#ended.add(id, entry.ending ?? 'no-answer', this.#needs.clock())
  }

  #write(records: readonly JournalRecord[]): void {
    this.#needs.append(records).catch((error: unknown) => this.#needs.onError(error, 'log'))
  }
}

/** Not before whoever ended it has written that down: what follows from an approval comes after it in the journal, or it could be taken twice. */
function wake(waiters: readonly Waiter[], ending: Ending): void {
  if (waiters.length === 0) return
  queueMicrotask(() => {
    for (const waiter of waiters) waiter.ended(ending)
  })
}
