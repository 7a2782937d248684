/**
 * Judges what people decide: whether it is theirs to decide, still in time, with the right number and PIN. What counts is on disk
 * before they are told so.
 */
import type { CompanySettings } from '@sallyport/contract'
import type { EngineUser, JournalRecord } from '@sallyport/store/engine'

import { countFailure, isLocked } from '../access/factor/lockout.ts'
import type { AskedPerson } from '../access/pending.ts'
import type { PinChecks, UserTable } from '../access/tools.ts'
import type { DecisionOutcome, PendingDecision } from '../bus/pending.ts'
import { isSameCode } from '../oath/hotp.ts'
import type { QuestionsAtDevices } from './open-questions.ts'
import type { PendingEntry } from './pending-entry.ts'
import type { PendingTable, PendingTableNeeds, Settled } from './pending-table.ts'

export interface PendingDecisionsNeeds extends Pick<PendingTableNeeds, 'clock' | 'append'> {
  readonly table: Pick<PendingTable, 'entryOf' | 'isOver' | 'settle' | 'close'>
  readonly users: Pick<UserTable, 'byId' | 'setFailures'>
  readonly company: () => CompanySettings
  readonly questions: Pick<QuestionsAtDevices, 'cancel'>
  readonly pins: Pick<PinChecks, 'verify'>
  /** What is written down, and put in force, when somebody says that it was not them. */
  readonly reportFraud: (asked: AskedPerson, via: 'app' | 'call' | 'text') => readonly JournalRecord[]
}

const wrongAtMost = 3
/** What the text asks for. */
const approvingReply = '1'

export class PendingDecisions {
  readonly #needs: PendingDecisionsNeeds
  readonly #table: PendingDecisionsNeeds['table']

  constructor(needs: PendingDecisionsNeeds) {
    this.#needs = needs
    this.#table = needs.table
  }

  async decide(decision: PendingDecision): Promise<DecisionOutcome> {
    const entry = this.#table.entryOf(decision.id)
    if (!entry) return this.#table.isOver(decision.id) ? 'already-decided' : this.#ofQuestion(decision)
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

  async #approve(entry: PendingEntry, { number, pin }: PendingDecision): Promise<DecisionOutcome> {
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
    } else if (asked.matching === 'pick' && !isSameCode(number ?? '', asked.number)) {
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
  async #wrong(entry: PendingEntry, user: EngineUser, how: 'wrong-number' | 'wrong-pin'): Promise<DecisionOutcome> {
    const now = this.#needs.clock()
    const current = this.#needs.users.byId(user.id) ?? user
    const { failures, lockedUntilMs } = countFailure(current, now, this.#needs.company().lockout)
    this.#needs.users.setFailures(user, failures, lockedUntilMs)
    const counted: JournalRecord = { kind: 'factor-failures', userId: user.id, failures, lockedUntilMs }
    const isLast = ++entry.wrong >= wrongAtMost || lockedUntilMs !== null
    const closed = isLast ? this.#table.close(entry.asked.id, how) : undefined
    await this.#needs.append(closed ? [counted, closed] : [counted])
    return how
  }

  async #settle(entry: PendingEntry, ending: Settled, via: 'app' | 'call' | 'text' = 'app'): Promise<DecisionOutcome> {
    const { reportFraud } = this.#needs
    await this.#table.settle(entry, ending, (asked) => (ending === 'fraud' ? reportFraud(asked, via) : []))
    return 'taken'
  }

  /** What is typed at a device is judged there; an administrator may put an end to it. */
  async #ofQuestion({ id, by, decision }: PendingDecision): Promise<DecisionOutcome> {
    if (by.kind !== 'administrator' || decision !== 'cancel') return 'unknown'
    return (await this.#needs.questions.cancel(id)) ? 'taken' : 'unknown'
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
}

function viaOf({ by }: PendingDecision): 'app' | 'call' | 'text' {
  return by.kind === 'administrator' ? 'app' : by.kind
}
