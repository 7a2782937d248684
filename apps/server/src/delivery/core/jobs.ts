/** What the room remembers of jobs for a while: their outcome by id, their gateway's names for them, and who may still reply. */
import type { Outcome } from './failover.ts'

export interface Jobs {
  /** The outcome of a job: begun by the first who asks, shared by the others. */
  once(key: string, deadlineMs: number, begin: () => Promise<Outcome>): Promise<Outcome>
  /** Notes whose receipts are to come, all parts of a message. */
  expectReceipts(gatewayId: string, jobId: string, references: readonly string[]): void
  /** Which job a receipt is of, where it is news: each job is delivered once, when all its parts are, and fails once. */
  receipt(gatewayId: string, references: readonly string[], state: ReceiptState): string | undefined
  expectReply(from: string, jobId: string, deadlineMs: number): void
  /** The one job that waits for a reply of this number. */
  replyOf(from: string): string | null
}

export type ReceiptState = 'delivered' | 'failed' | 'unknown'

/** Beyond, the oldest are forgotten: a hundred thousand take some 50 MB. */
const mostJobs = 100_000
/** Receipts and repeated jobs may come this long after the deadline. */
const remembersMs = 10 * 60_000

interface Expected {
  readonly jobId: string
  readonly open: Set<string>
  told: ReceiptState | undefined
  readonly untilMs: number
}

export function createJobs(clock: () => number): Jobs {
  const outcomes = new Map<string, { readonly outcome: Promise<Outcome>; readonly untilMs: number }>()
  const receipts = new Map<string, Expected>()
  const replies = new Map<string, Map<string, number>>()
  return {
    once(key, deadlineMs, begin) {
      const present = outcomes.get(key)
      if (present !== undefined) return present.outcome
      makeRoom(outcomes, clock())
      const outcome = begin()
      outcomes.set(key, { outcome, untilMs: Math.max(deadlineMs, clock()) + remembersMs })
      return outcome
    },
    expectReceipts(gatewayId, jobId, references) {
      makeRoom(receipts, clock())
      const names = references.map((reference) => nameOf(gatewayId, reference))
      const expected = { jobId, open: new Set(names), told: undefined, untilMs: clock() + remembersMs }
      for (const name of names) receipts.set(name, expected)
    },
    receipt(gatewayId, references, state) {
      for (const reference of references) {
        const name = nameOf(gatewayId, reference)
        const expected = receipts.get(name)
        if (expected === undefined) continue
        if (state === 'delivered') expected.open.delete(name)
        const isNews =
          expected.told !== 'delivered' &&
          expected.told !== 'failed' &&
          expected.told !== state &&
          (state !== 'delivered' || expected.open.size === 0)
        if (!isNews) return undefined
        expected.told = state
        return expected.jobId
      }
      return undefined
    },
    expectReply(from, jobId, deadlineMs) {
      const nowMs = clock()
      for (const [number, waiting] of replies) {
        if (replies.size < mostJobs) break
        forgetPast(waiting, nowMs)
        if (waiting.size === 0 || replies.size >= mostJobs) replies.delete(number)
      }
      const waiting = replies.get(from) ?? new Map<string, number>()
      forgetPast(waiting, nowMs)
      replies.set(from, waiting.set(jobId, deadlineMs))
    },
    replyOf(from) {
      const waiting = replies.get(from)
      if (waiting === undefined) return null
      forgetPast(waiting, clock())
      if (waiting.size === 0) replies.delete(from)
      // Nobody can tell which of several sign-ins a reply is about.
      return waiting.size === 1 ? ([...waiting.keys()][0] ?? null) : null
    },
  }
}

function nameOf(gatewayId: string, reference: string): string {
  return `${gatewayId} ${reference}`
}

/** Drops what is past from the front, which is what came first, and the front itself where there are too many. */
function makeRoom(map: Map<string, { readonly untilMs: number }>, nowMs: number): void {
  for (const [key, { untilMs }] of map) {
    if (untilMs > nowMs && map.size < mostJobs) break
    map.delete(key)
  }
}

function forgetPast(waiting: Map<string, number>, nowMs: number): void {
  for (const [jobId, deadlineMs] of waiting) if (deadlineMs <= nowMs) waiting.delete(jobId)
}
