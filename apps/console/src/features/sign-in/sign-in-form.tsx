/** The sign-in form: a page of its own at first, a dialog over the page when a session ends in the middle of work. */
import { Button, PasswordInput, Stack } from '@mantine/core'
import { signInInput } from '@sallyport/contract'
import { Notice } from '@sallyport/ui'
import { useState } from 'react'
import { TextField, useField, type FieldOf } from '../../lib/fields.tsx'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
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
        <Password control={control} name="password" autoFocus={username !== ''} />
        <Button type="submit" loading={formState.isSubmitting} fullWidth>
          {t('sign-in.submit')}
        </Button>
      </Stack>
    </form>
  )
}

function Password<P>({
  autoFocus,
  ...field
}: FieldOf<{ username: string; password: string }, P> & { readonly autoFocus: boolean }) {
  const { value, set, input } = useField(field)
  return (
    <PasswordInput
      {...input}
      label={t('sign-in.password')}
      autoComplete="current-password"
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => set(event.currentTarget.value)}
      {...(autoFocus && { autoFocus: true, 'data-autofocus': true })}
    />
  )
}
