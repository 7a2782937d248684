/** The sign-in form: a page of its own at first, a dialog over the page when a session ends in the middle of work. */
import { Button, Stack } from '@mantine/core'
import { signInInput } from '@sallyport/contract'
import { Notice } from '@sallyport/ui'
import { useState } from 'react'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { SecretField, TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import { useSignIn } from './mutations.ts'

export interface SignInFormProps {
  /** Whose session ended, where one did. */
  readonly username?: string | undefined
  readonly onSignedIn: () => void
}

export function SignInForm({ username = '', onSignedIn }: SignInFormProps) {
  const form = useSchemaForm(signInInput, { username, password: '' })
  const [problem, setProblem] = useState<string>()
  const signIn = useSignIn()
  const submit = form.handleSubmit(async (values) => {
    setProblem(undefined)
    try {
      await signIn.mutateAsync(values)
    } catch (error) {
      setProblem(applyProblem(form, error))
      form.resetField('password')
      form.setFocus('password')
      return
    }
    onSignedIn()
  })
  const { control, formState } = form
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
      </Stack>
    </form>
  )
}
