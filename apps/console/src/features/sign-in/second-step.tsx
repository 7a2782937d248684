/** What follows the password: a code, or setting an authenticator app up for those who have none. */
import { Button, Stack, Text, Title } from '@mantine/core'
import { api, factorInput, type SessionView, type SignInAnswer } from '@sallyport/contract'
import { Notice } from '@sallyport/ui'
import { useState } from 'react'
import { ApiProblem, call } from '../../lib/api.ts'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { CodeField } from '../../lib/own-factors/code-field.tsx'
import { SetUpTotp } from '../../lib/own-factors/set-up-totp.tsx'
import { t } from '../../lib/words.ts'
import { SignInByPasskey } from './sign-in-by-passkey.tsx'
import '../../lib/own-factors/page-words.ts'

export interface SecondStepProps {
  readonly step: Exclude<SignInAnswer['next'], 'nothing'>
  /** Whether one is known that may be asked in place of a code. */
  readonly hasPasskey: boolean
  readonly onDone: (session: SessionView) => void
  /** Back to the password, with what is to be said there. */
  readonly onBack: (problem?: unknown) => void
}

export function SecondStep({ step, hasPasskey, onDone, onBack }: SecondStepProps) {
  const [confirmed, setConfirmed] = useState(false)
  return (
    <Stack>
      {step === 'factor' ? (
        <CodeStep hasPasskey={hasPasskey} onDone={onDone} onBack={onBack} />
      ) : (
        <>
          <div>
            <Title order={2}>{t('own-factors.enrolment.title')}</Title>
            <Text size="sm" c="dimmed">
              {t('own-factors.enrolment.text')}
            </Text>
          </div>
          <SetUpTotp whenSignedOut="fail" onDone={onDone} onConfirmed={() => setConfirmed(true)} />
        </>
      )}
      {!confirmed && (
        <Button variant="subtle" onClick={() => onBack()}>
          {t('own-factors.back')}
        </Button>
      )}
    </Stack>
  )
}

function CodeStep({ hasPasskey, onDone, onBack }: Omit<SecondStepProps, 'step'>) {
  const form = useSchemaForm(factorInput, { code: '' })
  const [problem, setProblem] = useState<string>()
  const submit = form.handleSubmit(async (body) => {
    setProblem(undefined)
    try {
      onDone(await call(api.session.proveFactor, { body }, { whenSignedOut: 'fail' }))
    } catch (error) {
      // Ten minutes have passed, or somebody changed something: the password is asked for again.
      if (error instanceof ApiProblem && error.code === 'sign-in-required') {
        onBack(error)
        return
      }
      setProblem(applyProblem(form, error))
      form.resetField('code')
      form.setFocus('code')
    }
  })
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack>
        {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
        {hasPasskey && <SignInByPasskey onDone={onDone} onProblem={setProblem} />}
        <CodeField control={form.control} name="code" focused={!hasPasskey} />
        <Button type="submit" loading={form.formState.isSubmitting} fullWidth>
          {t('sign-in.submit')}
        </Button>
      </Stack>
    </form>
  )
}
