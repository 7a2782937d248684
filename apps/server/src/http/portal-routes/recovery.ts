/** The day on which a second factor is lost: what people keep for it, and the way in with that. Never over RADIUS. */
import type { OwnRecovery, portalApi } from '@sallyport/contract/portal'
import type { PortalSessionRecord, Store, UserRecord } from '@sallyport/store'
import type { Argon2id } from '../../passwords/argon2id.ts'
import type { FallbackMeans } from '../../bus/portal-port.ts'
import type { MailJob } from '../../bus/delivery-jobs.ts'
import { actorOf, mayChangeNow } from '../portal-factors/may-change.ts'
import { fallbackReasons, type FallbackJudge } from '../portal-fallback/judge-fallback.ts'
import { fallbackMail } from '../portal-fallback/notice-mail.ts'
import { drawRecoveryCodes, foldRecoveryCode } from '../portal-fallback/recovery-code.ts'
import { foldAnswer, problemsWith } from '../portal-fallback/security-answers.ts'
import type { PortalRoom } from '../portal-handlers.ts'
import { isFallback } from '../portal-sign-in/radius-conversation.ts'
import type { PortalSignIns } from '../portal-sign-in/sign-ins.ts'
import type { SignInSteps } from '../portal-sign-in/steps.ts'
import { ApiProblem, invalidInput } from '../problems.ts'

export interface RecoveryRouteDependencies {
  readonly store: Pick<
    Store,
    'company' | 'ownFactors' | 'portalFallback' | 'recoveryCodes' | 'securityAnswers' | 'users'
  >
  readonly judge: FallbackJudge
  readonly signIns: Pick<PortalSignIns, 'begin' | 'end'>
  readonly steps: SignInSteps
  readonly takeTry: (address: string) => void
  readonly argon2id: Pick<Argon2id, 'hash'>
  readonly clock: () => Date
  readonly random: (lengthBytes: number) => Uint8Array
  /** Where there is a gateway for it. */
  readonly mail: (job: MailJob) => void
}

const firstWaitMs = 3_000
/** A wrong answer takes a second; more than this is an outage. */
const decidedWithinMs = 10_000

export function recoveryHandlers(dependencies: RecoveryRouteDependencies): PortalRoom<typeof portalApi.recovery> {
  const { store, judge, signIns, steps, takeTry, argon2id, clock, random, mail } = dependencies

  async function view({ user }: PortalSessionRecord): Promise<OwnRecovery> {
    const [settings, codes, answers] = await Promise.all([
      store.portalFallback.read(),
      store.recoveryCodes.standing(user.id),
      store.securityAnswers.list(user.id),
    ])
    return {
      recoveryCodes: {
        allowed: settings.recoveryCodes,
        left: codes?.left ?? 0,
        createdAt: codes?.createdAt.toISOString() ?? null,
      },
      securityQuestions: {
        allowed: settings.securityQuestions,
        toSet: settings.questionsToSet,
        toAnswer: settings.questionsToAnswer,
        answerLength: settings.answerLength,
        questions: settings.questions,
        set: answers.map(({ question }) => question),
      },
    }
  }

  async function settings(which: 'recoveryCodes' | 'securityQuestions') {
    const read = await store.portalFallback.read()
    if (!read[which]) throw new ApiProblem('not-allowed', { detail: 'Your company does not allow this.' })
    return read
  }

  async function tell(user: UserRecord, means: FallbackMeans, address: string): Promise<void> {
    if (user.email === '') return
    const own = (await store.ownFactors.read(user.id))?.language ?? ''
    const language = own === '' ? (await store.company.settings()).language : own
    mail(fallbackMail(user.email, means, { at: clock(), address, language }))
  }

  return {
    read: ({ caller }) => view(caller),

    async isAllowed() {
      return { allowed: await judge.isAllowed() }
    },

    async makeCodes({ caller, address }) {
      mayChangeNow(caller, clock())
      await settings('recoveryCodes')
      const codes = drawRecoveryCodes(random)
      const actor = actorOf(caller, address)
      if (!(await store.recoveryCodes.replace(caller.user.id, codes.map(foldRecoveryCode), actor))) {
        throw new ApiProblem('sign-in-required')
      }
      return { codes: [...codes], recovery: await view(caller) }
    },

    async setQuestions({ body, caller, address }) {
      mayChangeNow(caller, clock())
      const problems = problemsWith(body.answers, await settings('securityQuestions'), caller.user)
      if (problems.length > 0) throw invalidInput(...problems)
      const answers = []
      for (const { question, answer } of body.answers) {
        answers.push({ question, hash: await argon2id.hash(foldAnswer(answer)) })
      }
      await store.securityAnswers.replace(caller.user.id, answers, actorOf(caller, address))
      return view(caller)
    },

    async removeQuestions({ caller, address }) {
      mayChangeNow(caller, clock())
      await store.securityAnswers.remove(caller.user.id, actorOf(caller, address))
      return view(caller)
    },

    async begin({ body, address, http }) {
      takeTry(address)
      if (!(await judge.isAllowed()))
        throw new ApiProblem('not-allowed', { detail: 'Your company does not allow this.' })
      const begun = signIns.begin({ ...body, address, withoutFactor: true })
      return steps.stepOf(begun.id, await begun.conversation.wait(firstWaitMs), http)
    },

    async answer({ body, address, http }) {
      takeTry(address)
      const conversation = steps.find(body.id)
      const standing = conversation.standing()
      if (standing.kind !== 'asked' || !isFallback(standing) || standing.userId === null)
        throw new ApiProblem('not-found')
      const { userId } = standing
      const { means } = body
      const { right, use, release } = await judge.judge(userId, body)
      try {
        // Somebody may have answered meanwhile: one answer to each proof of the password.
        if (!conversation.answerFallback({ kind: 'answered', means, right })) throw new ApiProblem('not-found')
        const decided = await conversation.wait(decidedWithinMs)
        signIns.end(body.id)
        if (decided.kind === 'waiting' || decided.kind === 'unavailable') return { kind: 'unavailable' }
        const isIn =
          decided.kind === 'accepted' && decided.reason === fallbackReasons[means] && decided.userId === userId
        const user = isIn && right && (await use(address)) ? await store.users.byId(userId) : null
        if (user === null) return { kind: 'refused' }
        await tell(user, means, address)
        // What can be found out lets nobody remove what is there.
        return await steps.signedIn(user, means === 'recovery-code' ? 'recovery' : 'enrolment', http)
      } finally {
        release()
      }
    },
  }
}
