/**
 * The tools that the stages work with in a test sign-in. Every one is chosen here by name, so that a tool that is added later does
 * not reach a test before somebody has decided what it may do there.
 */
import type { SignInResult } from '@sallyport/contract'
import type { JournalRecord } from '@sallyport/store/engine'

import { SignInsInHand } from '../access/joining.ts'
import type { Tools } from '../access/tools.ts'
import { ChallengesInMemory } from './challenge-table.ts'

export interface TestKind {
  readonly dryRun: boolean
  /** Called once a round is on disk. */
  readonly onDecided: (decided: Decided) => void
}

/** The sign-in that a request belonged to, and what it came to. */
export interface Decided {
  readonly signInId: string
  readonly result: SignInResult
}

/**
 * A test checks passwords at the real target, spends real codes and counts wrong ones: it is no way around a lock. What it opens
 * is its own: a State of a test is worth nothing on the network, nor one of the network in a test. And it teaches nothing about
 * the device, which did not send these packets.
 */
export function testTools(tools: Tools, { dryRun, onDecided }: TestKind): Tools {
  const { clock, stopwatch, users, passwords, target, replyRules, unsealToken, randomState, codeGuesses } = tools
  const { later, onError, company, reach, pending, pins, sealCode, unsealCode, formerPins } = tools
  const { standing, passes, passwordMark } = tools
  return {
    ...{
      clock,
      stopwatch,
      users,
      passwords,
      target,
      replyRules,
      unsealToken,
      randomState,
      codeGuesses,
      later,
      onError,
      ...{ company, reach, pending, pins, sealCode, unsealCode, formerPins, standing, passwordMark },
    },
    dryRun,
    challenges: new ChallengesInMemory(),
    inHand: new SignInsInHand(),
    // What is remembered lets a test in too, but a test teaches nothing to remember.
    passes: {
      expiryOf: (...asked) => passes.expiryOf(...asked),
      remember: () => undefined,
      forget: (id) => passes.forget(id),
    },
    clientsSeen: { due: () => false },
    async record(records) {
      const kept = records.flatMap(recordOfTest)
      await tools.record(kept)
      for (const each of kept)
        if (each.kind === 'sign-in') onDecided({ signInId: each.signIn.id, result: each.signIn.result })
    },
  }
}

/** What is written down of a test: the sign-in, marked, and what people lost by it. Its challenges live and die with its port. */
function recordOfTest(record: JournalRecord): readonly JournalRecord[] {
  switch (record.kind) {
    case 'sign-in':
      return [{ ...record, signIn: { ...record.signIn, test: true } }]
    case 'oath-used':
    case 'factor-failures':
    case 'password-changed':
    case 'factor-request':
    case 'pin-changed':
    case 'bypass-used':
    case 'fraud-reported':
      return [record]
    case 'challenge-opened':
    case 'challenge-changed':
    case 'challenge-closed':
    case 'client-seen':
    case 'factor-remembered':
    case 'accounting':
    case 'accounting-to-forward':
    case 'device-restarted':
    case 'radius-server-proven':
      return []
  }
}
