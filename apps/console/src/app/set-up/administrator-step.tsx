/** The first step: whoever can read the server’s log makes the first administrator. */
import { Button, Stack } from '@mantine/core'
import { api, setUpInput } from '@sallyport/contract'
import { Notice } from '@sallyport/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { z } from 'zod'
import { call } from '../../lib/api.ts'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { sessionQuery } from '../../lib/session.ts'
import { SecretField, TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import { StepHeading } from './step-heading.tsx'
import './page-words.ts'

const schema = setUpInput
  .extend({ repeat: z.string() })
  .refine(({ password, repeat }) => password === repeat, { path: ['repeat'], error: () => t('set-up.admin.mismatch') })

export function AdministratorStep({ onDone }: { readonly onDone: () => void }) {
  const form = useSchemaForm(schema, { code: '', username: '', password: '', repeat: '' })
  const queryClient = useQueryClient()
  const router = useRouter()
  const [problem, setProblem] = useState<string>()
  const submit = form.handleSubmit(async ({ code, username, password }) => {
    setProblem(undefined)
    try {
      const session = await call(api.session.setUp, { body: { code, username, password } }, { whenSignedOut: 'fail' })
      queryClient.setQueryData(sessionQuery.queryKey, session)
    } catch (error) {
      setProblem(applyProblem(form, error))
      return
    }
    await router.invalidate()
    onDone()
  })
  const { control, formState } = form
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack>
        <StepHeading title={t('set-up.admin.title')} text={t('set-up.admin.text')} />
        {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
        <TextField
          control={control}
          name="code"
          label={t('set-up.admin.code')}
          description={t('set-up.admin.codeHint')}
          autoComplete="off"
          spellCheck={false}
          maw="26rem"
          autoFocus
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        />
        <TextField
          control={control}
          name="username"
          label={t('set-up.admin.username')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maw="26rem"
        />
        <SecretField
          control={control}
          name="password"
          label={t('set-up.admin.password')}
          description={t('set-up.admin.passwordHint')}
          maw="26rem"
        />
        <SecretField control={control} name="repeat" label={t('set-up.admin.repeat')} maw="26rem" />
        <div>
          <Button type="submit" loading={formState.isSubmitting}>
            {t('set-up.admin.submit')}
          </Button>
        </div>
      </Stack>
    </form>
  )
}
