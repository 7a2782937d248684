/**
 * Everybody who is being asked for a second factor at this moment: in memory, and in the journal, so that a restart forgets nobody.
 * One small object a person; one sweep ends what nobody answered. What a person decides is on disk before they are told so.
 */
import { timingSafeEqual } from 'node:crypto'

import type { CompanySettings } from '@sallyport/contract'
import type { EngineUser, JournalRecord } from '@sallyport/store/engine'

import { countFailure, isLocked } from '../access/factor/lockout.ts'
import type { AskedPerson, Ending, PendingRequests } from '../access/pending.ts'
import type { PinChecks, UserTable } from '../access/tools.ts'
import type { CallEnd, DecisionOutcome, DeliveryOrder, PendingDecision, PendingNews } from '../bus/pending.ts'
import type { Delivered } from '../bus/delivery-jobs.ts'
import { AskedTimes } from './asked-times.ts'
import { readStored, storedRequest } from './pending-rows.ts'
import { pendingNews } from './pending-news.ts'

export interface PendingTableNeeds {
  readonly users: Pick<UserTable, 'byId' | 'setFailures'>
  readonly company: () => CompanySettings
  readonly pins: Pick<PinChecks, 'verify'>
  /** What is written down, and put in force, when somebody says that it was not them. */
  readonly reportFraud: (asked: AskedPerson, via: 'app' | 'call' | 'text') => readonly JournalRecord[]
  /** Milliseconds since 1970. */
  readonly clock: () => number
  /** Resolves when the records are on disk; rejects when they cannot be. */
  readonly append: (records: readonly JournalRecord[]) => Promise<void>
  readonly tell: (news: PendingNews) => void
  readonly order: (order: DeliveryOrder) => void
  readonly onError: (error: unknown, where: string) => void
}

interface Waiter {
  readonly untilMs: number
  readonly resolve: (ending: Ending) => void
}

interface Entry {
  readonly asked: AskedPerson
  ending: Ending | null
  /** What was approved may be taken until then. */
  usableUntilMs: number
  sent: boolean | null
  /** Wrong PINs and wrong codes in replies. */
  wrong: number
  /** PINs that are being checked at this moment. */
  checking: number
  waiters: Waiter[] | null
  whenSent: { readonly untilMs: number; readonly resolve: () => void } | null
  /** What is tried where the first phone meets nobody. */
  backup: DeliveryOrder | null
}

/** PROTOCOL: beyond these, silence. */
const atMost = 50_000
/** A device that was not served while a person approved asks anew within this. */
const approvedForMs = 60_000
const endedForMs = 600_000
const wrongAtMost = 3
/** What the text asks for. */
const approvingReply = '1'

export class PendingTable implements PendingRequests {
  readonly #needs: PendingTableNeeds
  readonly #open = new Map<string, Entry>()
  readonly #byJoinKey = new Map<string, Entry>()
  /** Those that are over, by id, for a while. */
  readonly #ended = new Map<string, { readonly untilMs: number; readonly ending: Ending }>()
  readonly #times = new AskedTimes()

  constructor(needs: PendingTableNeeds) {
    this.#needs = needs
  }

  get size(): number {
    return this.#open.size
  }

  /** What a former process wrote down. Texts and calls that may not have gone out are forgotten: a retry asks anew. */
  load(bodies: readonly string[]): void {
    const now = this.#needs.clock()
    for (const { asked, ending, sent, usableUntilMs } of bodies.flatMap(readStored)) {
      if (asked.method !== 'oath') this.#times.add(asked.userId, asked.startedAtMs)
      const isOver = usableUntilMs <= now || (ending !== null && ending !== 'approved')
      if (isOver || (asked.method !== 'push' && sent === null)) {
        this.#ended.set(asked.id, { untilMs: now + endedForMs, ending: ending ?? 'no-answer' })
        continue
      }
      this.#put({
        asked,
        ending,
        usableUntilMs,
        sent,
        wrong: 0,
        checking: 0,
        waiters: null,
        whenSent: null,
        backup: null,
      })
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
    const entry: Entry = {
      ...{ asked, backup, ending: null, sent: null, usableUntilMs: asked.expiresAtMs },
      ...{ wrong: 0, checking: 0, waiters: null, whenSent: null },
    }
    this.#put(entry)
    this.#times.add(asked.userId, asked.startedAtMs)
    try {
      await this.#needs.append([record(entry)])
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

  ending(id: string, untilMs: number): Promise<Ending> {
    const entry = this.#open.get(id)
    if (!entry) return Promise.resolve(this.#ended.get(id)?.ending ?? 'no-answer')
    const { ending } = entry
    if (ending !== null) return Promise.resolve(ending)
    return new Promise((resolve) => {
      const waiter = { untilMs, resolve }
      if (entry.waiters) entry.waiters.push(waiter)
      else entry.waiters = [waiter]
    })
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
    return record(entry, true)
  }

  close(id: string, how: Exclude<Ending, 'approved'> | 'answered'): JournalRecord | undefined {
    const entry = this.#open.get(id)
    if (!entry || entry.ending !== null) return undefined
    this.#end(entry, how === 'answered' ? 'cancelled' : how)
    this.#needs.tell({ kind: 'closed', id, outcome: how === 'busy' || how === 'hung-up' ? 'no-answer' : how })
    return record(entry, true)
  }

  askedSince(userId: string, sinceMs: number): number {
    return this.#times.since(userId, sinceMs)
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
    if (entry.sent) this.#write([record(entry)])
    else if (!this.#tryBackup(entry)) this.#closeNow(entry, 'failed')
  }

  /** A call ended without a decision. */
  callEnded(id: string, how: CallEnd): void {
    const entry = this.#open.get(id)
    if (entry?.asked.method !== 'call' || entry.ending !== null) return
    // Whoever hung up was reached.
    if (how === 'hung-up' || !this.#tryBackup(entry)) this.#closeNow(entry, how)
  }

  async decide(decision: PendingDecision): Promise<DecisionOutcome> {
    const entry = this.#open.get(decision.id)
    if (!entry) return this.#ended.has(decision.id) ? 'already-decided' : 'unknown'
    const { asked } = entry
    if (!this.#mayDecide(asked, decision)) return 'not-yours'
    if (entry.ending !== null) return 'already-decided'
    if (asked.expiresAtMs <= this.#needs.clock()) return 'expired'
    switch (decision.decision) {
      case 'approve':
        return this.#approve(entry, decision)
      case 'deny':
        return this.#settle(entry, 'denied')
      case 'cancel':
        return this.#settle(entry, 'cancelled')
      case 'fraud':
        return this.#settle(entry, this.#needs.company().fraud.allowReports ? 'fraud' : 'denied', viaOf(decision))
    }
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
        if (entry.waiters) this.#endWaiting(entry, entry.waiters, now)
        if (entry.whenSent && entry.whenSent.untilMs <= now) entry.whenSent.resolve()
      }
    }
    for (const [id, { untilMs }] of this.#ended) {
      if (untilMs > now) break
      this.#ended.delete(id)
    }
    this.#times.sweep(now - endedForMs)
    if (records.length > 0) this.#write(records)
  }

  async #approve(entry: Entry, { number, pin }: PendingDecision): Promise<DecisionOutcome> {
    const { asked } = entry
    const user = this.#needs.users.byId(asked.userId)
    if (!user || !user.enabled || isLocked(user, this.#needs.clock())) return 'expired'
    let typedPin = pin
    if (asked.method === 'text') {
      const digits = (number ?? '').trim()
      const { allowReports, phoneCode } = this.#needs.company().fraud
      if (allowReports && digits === phoneCode) return this.#settle(entry, 'fraud', 'text')
      if (asked.withPin) typedPin = digits
      else if (digits !== approvingReply) return this.#wrong(entry, user, 'wrong-number')
    } else if (asked.matching === 'pick' && !isSame(number ?? '', asked.number)) {
      await this.#settle(entry, 'wrong-number')
      return 'wrong-number'
    }
    if (!asked.withPin) return this.#settle(entry, 'approved')
    // Counted before it is known, so that many at once gain nothing.
    if (entry.wrong + entry.checking >= wrongAtMost) return 'wrong-pin'
    entry.checking++
    let right = false
    try {
      right = typedPin !== null && (await this.#needs.pins.verify(user.pin?.hash ?? null, typedPin))
    } finally {
      entry.checking--
    }
    if (entry.ending !== null) return 'already-decided'
    if (!right) return this.#wrong(entry, user, 'wrong-pin')
    const now = this.#needs.users.byId(user.id)
    return !now || isLocked(now, this.#needs.clock()) ? 'expired' : this.#settle(entry, 'approved')
  }

  /** Counts towards the user's lock; three of them, or the lock, end the request. */
  async #wrong(entry: Entry, user: EngineUser, how: 'wrong-number' | 'wrong-pin'): Promise<DecisionOutcome> {
    const now = this.#needs.clock()
    const current = this.#needs.users.byId(user.id) ?? user
    const { failures, lockedUntilMs } = countFailure(current, now, this.#needs.company().lockout)
    this.#needs.users.setFailures(user, failures, lockedUntilMs)
    const counted: JournalRecord = { kind: 'factor-failures', userId: user.id, failures, lockedUntilMs }
    const isLast = ++entry.wrong >= wrongAtMost || lockedUntilMs !== null
    const closed = isLast ? this.close(entry.asked.id, how) : undefined
    await this.#needs.append(closed ? [counted, closed] : [counted])
    return how
  }

  /** Decides it now; a retry of the device cannot come between. */
  async #settle(
    entry: Entry,
    ending: 'approved' | 'denied' | 'cancelled' | 'fraud' | 'wrong-number',
    via: 'app' | 'call' | 'text' = 'app',
  ): Promise<DecisionOutcome> {
    const { asked } = entry
    const now = this.#needs.clock()
    entry.usableUntilMs = Math.max(asked.expiresAtMs, now + approvedForMs)
    const records: JournalRecord[] = []
    this.#end(entry, ending)
    records.push(record(entry, ending !== 'approved'))
    if (ending === 'fraud') records.push(...this.#needs.reportFraud(asked, via))
    this.#needs.tell({ kind: 'closed', id: asked.id, outcome: ending })
    await this.#needs.append(records)
    return 'taken'
  }

  #mayDecide(asked: AskedPerson, { by, decision }: PendingDecision): boolean {
    if (by.kind === 'administrator') return decision === 'cancel'
    if (decision === 'cancel') return false
    switch (by.kind) {
      case 'app': {
        const owned = this.#needs.users.byId(asked.userId)?.devices.some(({ id }) => id === by.deviceId)
        return asked.method === 'push' && owned === true && asked.deviceIds.includes(by.deviceId)
      }
      case 'text':
        return asked.method === 'text' && !asked.answeredAtDevice && asked.phone === by.from
      case 'call':
        return asked.method === 'call'
    }
  }

  #tryBackup(entry: Entry): boolean {
    const { backup } = entry
    if (!backup) return false
    entry.backup = null
    this.#needs.order(backup)
    return true
  }

  #closeNow(entry: Entry, how: Exclude<Ending, 'approved'>): void {
    const closed = this.close(entry.asked.id, how)
    if (closed) this.#write([closed])
  }

  /** Whoever waits hears of it. Only an approval stays, to be taken. */
  #end(entry: Entry, ending: Ending): void {
    entry.ending = ending
    const { waiters } = entry
    entry.waiters = null
    if (ending !== 'approved') this.#remove(entry)
    for (const { resolve } of waiters ?? []) resolve(ending)
    entry.whenSent?.resolve()
    entry.whenSent = null
  }

  #endWaiting(entry: Entry, waiters: readonly Waiter[], now: number): void {
    if (waiters.every(({ untilMs }) => untilMs > now)) return
    entry.waiters = waiters.filter(({ untilMs }) => untilMs > now)
    for (const { untilMs, resolve } of waiters) if (untilMs <= now) resolve('no-answer')
  }

  #put(entry: Entry): void {
    this.#open.set(entry.asked.id, entry)
    if (entry.asked.joinKey !== '') this.#byJoinKey.set(entry.asked.joinKey, entry)
  }

  #remove(entry: Entry): void {
    const { id, joinKey } = entry.asked
    this.#open.delete(id)
    if (this.#byJoinKey.get(joinKey) === entry) this.#byJoinKey.delete(joinKey)
    this.#ended.delete(id)
    this.#ended.set(id, { untilMs: this.#needs.clock() + endedForMs, ending: entry.ending ?? 'no-answer' })
  }

  #write(records: readonly JournalRecord[]): void {
    this.#needs.append(records).catch((error: unknown) => this.#needs.onError(error, 'log'))
  }
}

function record({ asked, ending, sent, usableUntilMs }: Entry, over = false): JournalRecord {
  return { kind: 'factor-request', request: storedRequest({ asked, ending, sent, usableUntilMs }, over) }
}

function viaOf({ by }: PendingDecision): 'app' | 'call' | 'text' {
  return by.kind === 'administrator' ? 'app' : by.kind
}

function isSame(typed: string, right: string): boolean {
  const [one, other] = [Buffer.from(typed), Buffer.from(right)]
  return one.length === other.length && timingSafeEqual(one, other)
}
