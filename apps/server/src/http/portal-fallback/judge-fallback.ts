/**
 * Judges what takes the place of a second factor. It only says what is right: the engine, which counts what is wrong, has the last word,
 * and nothing is used up before it has spoken.
 */
import type { Store } from '@sallyport/store'
import type { FallbackMeans } from '../../bus/portal-port.ts'
import type { Argon2id } from '../../passwords/argon2id.ts'
import type { Turns } from '../../passwords/turns.ts'
import { foldRecoveryCode } from './recovery-code.ts'
import { foldAnswer } from './security-answers.ts'

/** What somebody may be asked for. */
export interface Offered {
  readonly recoveryCode: boolean
  /** In the order in which they are asked. */
  readonly questions: readonly string[]
}

export interface Judged {
  readonly right: boolean
  /** Uses it up, once the engine has let its owner in; false where somebody was quicker. */
  readonly use: (address: string) => Promise<boolean>
  /** It is decided, one way or the other. */
  readonly release: () => void
}

export type GivenFallback =
  | { readonly means: 'recovery-code'; readonly code: string }
  | { readonly means: 'security-questions'; readonly answers: readonly string[] }

export interface FallbackJudge {
  readonly isAllowed: () => Promise<boolean>
  readonly offered: (userId: string) => Promise<Offered>
  readonly judge: (userId: string, given: GivenFallback) => Promise<Judged>
}

export interface FallbackJudgeDependencies {
  readonly store: Pick<Store, 'portalFallback' | 'recoveryCodes' | 'securityAnswers'>
  readonly argon2id: Pick<Argon2id, 'verify'>
  /** A few answers at a time: each costs as much as a password. */
  readonly turns: Turns
}

const wrong: Judged = { right: false, use: () => Promise.resolve(false), release: () => undefined }

export function createFallbackJudge({ store, argon2id, turns }: FallbackJudgeDependencies): FallbackJudge {
  /** Codes that somebody is coming in by at this moment: to anybody else they are used already. */
  const inHand = new Set<string>()

  async function asked(userId: string) {
    const { securityQuestions, questionsToAnswer } = await store.portalFallback.read()
    if (!securityQuestions) return []
    const set = await store.securityAnswers.list(userId)
    return set.length < questionsToAnswer ? [] : set.slice(0, questionsToAnswer)
  }

  async function judgeCode(userId: string, typed: string): Promise<Judged> {
    const { recoveryCodes } = await store.portalFallback.read()
    const id = await store.recoveryCodes.match(userId, foldRecoveryCode(typed))
    if (!recoveryCodes || id === null || inHand.has(id)) return wrong
    inHand.add(id)
    return {
      right: true,
      use: (address) => store.recoveryCodes.spend(id, address),
      release: () => void inHand.delete(id),
    }
  }

  async function judgeAnswers(userId: string, given: readonly string[]): Promise<Judged> {
    const questions = await asked(userId)
    // All are looked at: how long it takes does not tell which was wrong.
    const verdicts = await Promise.all(
      questions.map(({ hash }, index) => turns(() => argon2id.verify(hash, foldAnswer(given[index] ?? '')))),
    )
    if (questions.length === 0 || given.length !== questions.length || verdicts.includes(false)) return wrong
    const ids = questions.map(({ id }) => id)
    return {
      ...{ right: true, release: wrong.release },
      use: async (address) => {
        await store.securityAnswers.proven(userId, ids, address)
        return true
      },
    }
  }

  return {
    isAllowed: async () => {
      const { recoveryCodes, securityQuestions } = await store.portalFallback.read()
      return recoveryCodes || securityQuestions
    },
    offered: async (userId) => {
      const { recoveryCodes } = await store.portalFallback.read()
      const left = recoveryCodes ? ((await store.recoveryCodes.standing(userId))?.left ?? 0) : 0
      return { recoveryCode: left > 0, questions: (await asked(userId)).map(({ question }) => question) }
    },
    judge: (userId, given) =>
      given.means === 'recovery-code' ? judgeCode(userId, given.code) : judgeAnswers(userId, given.answers),
  }
}

/** By what the engine says that it let somebody in. */
export const fallbackReasons = {
  'recovery-code': 'password-and-recovery-code',
  'security-questions': 'password-and-security-questions',
} as const satisfies Record<FallbackMeans, string>
