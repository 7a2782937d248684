/** The course of a sign-in: from name and password over whatever is asked to a session. */
import { portalApi, type PortalSessionView, type PortalSignInStep } from '@sallyport/contract/portal'
import { useCallback, useEffect, useRef, useState } from 'react'
import { call, PortalProblem } from '../../lib/portal-api.ts'

/** Why there is nothing to go on with; each has its sentence. */
export type SignInFailure =
  | 'refused'
  | 'no-factor'
  | 'no-fallback'
  | 'fallback-refused'
  | 'unavailable'
  | 'unreachable'
  | 'too-many-requests'
  | 'over'

/** A recovery code, or the answers to the questions in their order. */
export type GivenFallback =
  | { readonly means: 'recovery-code'; readonly code: string }
  | { readonly means: 'security-questions'; readonly answers: string[] }

export interface SignInCourse {
  /** What the server waits for; null: name and password. */
  readonly step: Extract<PortalSignInStep, { kind: 'waiting' | 'asked' | 'fallback' }> | null
  readonly failure: SignInFailure | null
  /** True while an answer is on its way. */
  readonly isBusy: boolean
  readonly begin: (username: string, password: string) => void
  readonly useLink: (token: string) => void
  readonly answer: (answer: string) => void
  /** Says that the second factor cannot be used; undefined where nothing would take its place. */
  readonly fallBack: (() => void) | undefined
  readonly answerFallback: (given: GivenFallback) => void
  readonly startOver: () => void
}

/** After these, whoever typed a right password may have another way in. */
const fallsBack: ReadonlySet<SignInFailure> = new Set(['refused', 'no-factor', 'fallback-refused'])

/** @param withFallback false where who is signed in proves a factor once more: nothing takes its place there */
export function useSignIn(onSignedIn: (session: PortalSessionView) => void, withFallback: boolean): SignInCourse {
  const [step, setStep] = useState<SignInCourse['step']>(null)
  const [failure, setFailure] = useState<SignInFailure | null>(null)
  const [isBusy, setBusy] = useState(false)
  /** Counts beginnings: what comes back of an earlier one is nobody's. */
  const course = useRef(0)
  /** Until the sign-in is over: who falls back proves the password anew. */
  const [typed, setTyped] = useState<{ readonly username: string; readonly password: string } | null>(null)
  const [isAllowed, setAllowed] = useState(false)

  const take = useCallback(
    (next: PortalSignInStep) => {
      switch (next.kind) {
        case 'signed-in':
          onSignedIn(next.session)
          return
        case 'waiting':
        case 'asked':
        case 'fallback':
          setStep(next)
          return
        default:
          setStep(null)
          setFailure(next.kind)
      }
    },
    [onSignedIn],
  )

  const follow = useCallback(
    (ask: () => Promise<PortalSignInStep | undefined>) => {
      const mine = course.current
      ask()
        .then((next) => mine === course.current && next !== undefined && take(next))
        .catch((error: unknown) => {
          if (mine !== course.current) return
          setStep(null)
          setFailure(failureOf(error))
        })
        .finally(() => mine === course.current && setBusy(false))
    },
    [take],
  )
  const run = (ask: () => Promise<PortalSignInStep | undefined>) => {
    setBusy(true)
    setFailure(null)
    follow(ask)
  }

  useEffect(() => {
    if (step?.kind !== 'waiting') return
    follow(() => call(portalApi.session.wait, { body: { id: step.id } }))
  }, [step, follow])

  useEffect(() => {
    if (!withFallback || typed === null) return
    // Who cannot be told sees no other way in: the one that is there goes on.
    call(portalApi.recovery.isAllowed).then(
      ({ allowed }) => setAllowed(allowed),
      () => setAllowed(false),
    )
  }, [withFallback, typed])

  const isStuck = step === null ? failure !== null && fallsBack.has(failure) : step.kind !== 'fallback'
  return {
    step,
    failure,
    isBusy,
    begin: (username, password) => {
      setTyped(withFallback ? { username, password } : null)
      run(() => call(portalApi.session.begin, { body: { username, password } }))
    },
    fallBack:
      typed !== null && isAllowed && isStuck
        ? () => {
            course.current++
            setStep(null)
            run(() => call(portalApi.recovery.begin, { body: typed }))
          }
        : undefined,
    answerFallback: (given) => {
      if (step?.kind !== 'fallback') return
      const { id } = step
      run(async () => {
        const next = await call(portalApi.recovery.answer, { body: { ...given, id } })
        if (next.kind !== 'refused') return next
        setStep(null)
        setFailure('fallback-refused')
        return undefined
      })
    },
    useLink: useCallback((token) => follow(() => call(portalApi.session.useLink, { body: { token } })), [follow]),
    answer: (answer) => {
      if (step) run(() => call(portalApi.session.answer, { body: { id: step.id, answer } }))
    },
    startOver: () => {
      course.current++
      setStep(null)
      setTyped(null)
      setFailure(null)
      setBusy(false)
    },
  }
}

function failureOf(error: unknown): SignInFailure {
  if (!(error instanceof PortalProblem)) throw error
  switch (error.code) {
    case 'too-many-requests':
    case 'unavailable':
    case 'unreachable':
      return error.code
    case 'not-found':
      return 'over'
    default:
      return 'refused'
  }
}
