/** The course of a sign-in: from name and password over whatever is asked to a session. */
import { portalApi, type PortalSessionView, type PortalSignInStep } from '@sallyport/contract/portal'
import { useCallback, useEffect, useRef, useState } from 'react'
import { call, PortalProblem } from '../../lib/portal-api.ts'

/** Why there is nothing to go on with; each has its sentence. */
export type SignInFailure = 'refused' | 'no-factor' | 'unavailable' | 'unreachable' | 'too-many-requests' | 'over'

export interface SignInCourse {
  /** What the server waits for; null: name and password. */
  readonly step: Extract<PortalSignInStep, { kind: 'waiting' | 'asked' }> | null
  readonly failure: SignInFailure | null
  /** True while an answer is on its way. */
  readonly isBusy: boolean
  readonly begin: (username: string, password: string) => void
  readonly useLink: (token: string) => void
  readonly answer: (answer: string) => void
  readonly startOver: () => void
}

export function useSignIn(onSignedIn: (session: PortalSessionView) => void): SignInCourse {
  const [step, setStep] = useState<SignInCourse['step']>(null)
  const [failure, setFailure] = useState<SignInFailure | null>(null)
  const [isBusy, setBusy] = useState(false)
  /** Counts beginnings: what comes back of an earlier one is nobody's. */
  const course = useRef(0)

  const take = useCallback(
    (next: PortalSignInStep) => {
      switch (next.kind) {
        case 'signed-in':
          onSignedIn(next.session)
          return
        case 'waiting':
        case 'asked':
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
    (ask: () => Promise<PortalSignInStep>) => {
      const mine = course.current
      ask()
        .then((next) => mine === course.current && take(next))
        .catch((error: unknown) => {
          if (mine !== course.current) return
          setStep(null)
          setFailure(failureOf(error))
        })
        .finally(() => mine === course.current && setBusy(false))
    },
    [take],
  )
  const run = (ask: () => Promise<PortalSignInStep>) => {
    setBusy(true)
    setFailure(null)
    follow(ask)
  }

  useEffect(() => {
    if (step?.kind !== 'waiting') return
    follow(() => call(portalApi.session.wait, { body: { id: step.id } }))
  }, [step, follow])

  return {
    step,
    failure,
    isBusy,
    begin: (username, password) => run(() => call(portalApi.session.begin, { body: { username, password } })),
    useLink: useCallback((token) => follow(() => call(portalApi.session.useLink, { body: { token } })), [follow]),
    answer: (answer) => {
      if (step) run(() => call(portalApi.session.answer, { body: { id: step.id, answer } }))
    },
    startOver: () => {
      course.current++
      setStep(null)
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
