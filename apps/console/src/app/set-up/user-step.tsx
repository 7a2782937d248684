/** The fourth step: the first person, with the QR code for their authenticator app. */
import { Button, Group, Stack } from '@mantine/core'
import { createUserInput, type CreatedToken, type CreateUserInput } from '@sallyport/contract'
import { Notice } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { targetQuery } from '../../features/radius-authentication/queries.ts'
import { statusQuery } from '../../features/status/queries.ts'
import { PasswordFields } from '../../features/users/password-fields.tsx'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { Enrolment } from '../../lib/oath-tokens/enrolment.tsx'
import { TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import { useCreateUserWithToken } from './mutations.ts'
import { StepHeading } from './step-heading.tsx'
import './page-words.ts'

const blank: CreateUserInput = { username: '', firstName: '', lastName: '', email: '', description: '', enabled: true }

export function UserStep({ onNext }: { readonly onNext: () => void }) {
  const { data: status } = useQuery(statusQuery)
  const { data: target } = useQuery(targetQuery)
  const [created, setCreated] = useState<CreatedToken>()
  const there = status?.counts.users ?? 0
  return (
    <Stack>
      <StepHeading title={t('set-up.user.title')} text={t('set-up.user.text')} />
      {there > 0 && <Notice state="good" title={t('set-up.user.there', { count: there })} />}
      {target !== undefined && (
        <AddUserWithToken
          key={`${target.kind} ${created?.token.id ?? ''}`}
          withPassword={target.kind === 'built-in'}
          onCreated={setCreated}
        />
      )}
      {created !== undefined && <Enrolment created={created} onClose={onNext} />}
      <Group justify="flex-end">
        <Button variant={there > 0 ? 'filled' : 'default'} onClick={onNext}>
          {t(`set-up.${there > 0 ? 'next' : 'skip'}`)}
        </Button>
      </Group>
    </Stack>
  )
}

interface AddUserWithTokenProps {
  /** Where no directory knows it, it is set here. */
  readonly withPassword: boolean
  readonly onCreated: (created: CreatedToken) => void
}

function AddUserWithToken({ withPassword, onCreated }: AddUserWithTokenProps) {
  const password = { password: '', mustChange: false }
  const form = useSchemaForm(createUserInput, withPassword ? { ...blank, password } : blank)
  const create = useCreateUserWithToken()
  const [problem, setProblem] = useState<string>()
  const submit = form.handleSubmit(async (values) => {
    setProblem(undefined)
    try {
      onCreated(await create.mutateAsync(values))
    } catch (error) {
      setProblem(applyProblem(form, error))
    }
  })
  const { control, formState } = form
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack>
        {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
        <TextField
          control={control}
          name="username"
          label={t('set-up.user.username')}
          description={t(withPassword ? 'set-up.user.usernameHintHere' : 'set-up.user.usernameHint')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maw="26rem"
        />
        <Group gap="md" align="flex-start">
          <TextField control={control} name="firstName" label={t('set-up.user.firstName')} autoComplete="off" />
          <TextField control={control} name="lastName" label={t('set-up.user.lastName')} autoComplete="off" />
        </Group>
        {withPassword && (
          <PasswordFields
            control={control}
            names={{ password: 'password.password', mustChange: 'password.mustChange' }}
          />
        )}
        <div>
          <Button type="submit" variant="default" loading={formState.isSubmitting}>
            {t('set-up.user.submit')}
          </Button>
        </div>
      </Stack>
    </form>
  )
}
