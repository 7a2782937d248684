/** The sign-in form: a page of its own at first, a dialog over the page when a session ends in the middle of work. */
import { Button, Stack } from '@mantine/core'
import { signInInput, type SignInAnswer } from '@sallyport/contract'
import { Notice } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { lazyPart } from '../../lib/lazy-page.ts'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { problemText } from '../../lib/problem-text.ts'
import { setUpQuery } from '../../lib/session.ts'
import { SecretField, TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import { useSignIn, useTakeSession } from './mutations.ts'
import type { SecondStepProps } from './second-step.tsx'

const SecondStep = lazyPart(async () => (await import('./second-step.tsx')).SecondStep)
const SignInByPasskey = lazyPart(async () => (await import('./sign-in-by-passkey.tsx')).SignInByPasskey)
const SignInByProvider = lazyPart(async () => (await import('./sign-in-by-provider.tsx')).SignInByProvider)

/** Browsers have them under a name alone, and where the connection is safe. */
function canHavePasskeys(): boolean {
  const { hostname } = window.location
  return !/^[\d.]+$|^\[/.test(hostname) && 'PublicKeyCredential' in window
}

export interface SignInFormProps {
  /** Whose session ended, where one did. */
  readonly username?: string | undefined
  /** How far it came by the provider, or why it did not. */
  readonly start?: SignInStart | undefined
  /** True: nothing is lost where the browser leaves for the provider. */
  readonly mayLeave?: boolean
  readonly onSignedIn: () => void
}

export interface SignInStart {
  readonly problem?: string
  readonly step?: Pick<SecondStepProps, 'step' | 'hasPasskey'>
}

/** What follows the first step; undefined: nothing. */
export function stepAfter(answer: SignInAnswer): SignInStart['step'] {
  if (answer.next === 'nothing') return undefined
  return { step: answer.next, hasPasskey: answer.next === 'factor' && answer.factors.includes('passkey') }
}

export function SignInForm({ username = '', start = {}, mayLeave = false, onSignedIn }: SignInFormProps) {
  const form = useSchemaForm(signInInput, { username, password: '' })
  const [problem, setProblem] = useState(start.problem)
  const signIn = useSignIn()
  const takeSession = useTakeSession()
  const [step, setStep] = useState(start.step)
  // Its route has just asked.
  const { data: waysIn } = useQuery({ ...setUpQuery, staleTime: 10_000 })
  const [withPasskey, setWithPasskey] = useState(false)
  const done: SecondStepProps['onDone'] = (session) => {
    takeSession(session)
    onSignedIn()
  }
  const submit = form.handleSubmit(async (values) => {
    setProblem(undefined)
    try {
      const answer = await signIn.mutateAsync(values)
      if (answer.next === 'nothing') done(answer.session)
      else setStep(stepAfter(answer))
    } catch (error) {
      setProblem(applyProblem(form, error))
      form.resetField('password')
      form.setFocus('password')
    }
  })
  const back: SecondStepProps['onBack'] = (error) => {
    setStep(undefined)
    form.resetField('password')
    setProblem(error === undefined ? undefined : problemText(error))
  }
  const { control, formState } = form
  if (step !== undefined) {
    return (
      <Suspense>
        <SecondStep {...step} onDone={done} onBack={back} />
      </Suspense>
    )
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack>
        {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
        <TextField
          control={control}
          name="username"
          label={t('sign-in.username')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          {...(username === '' && { autoFocus: true, 'data-autofocus': true })}
        />
        <SecretField
          control={control}
          name="password"
          label={t('sign-in.password')}
          autoComplete="current-password"
          {...(username !== '' && { autoFocus: true, 'data-autofocus': true })}
        />
        <Button type="submit" loading={formState.isSubmitting} fullWidth>
          {t('sign-in.submit')}
        </Button>
        {mayLeave && waysIn?.provider && (
          <Suspense>
            <SignInByProvider label={waysIn.provider.label} onProblem={setProblem} />
          </Suspense>
        )}
        {withPasskey ? (
          <Suspense>
            <SignInByPasskey onDone={done} onProblem={setProblem} />
          </Suspense>
        ) : (
          waysIn?.passkeys === true &&
          canHavePasskeys() && (
            <Button variant="subtle" onClick={() => setWithPasskey(true)} fullWidth>
              {t('sign-in.passkey')}
            </Button>
          )
        )}
      </Stack>
    </form>
  )
}
