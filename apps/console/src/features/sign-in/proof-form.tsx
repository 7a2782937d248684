/** Proves again who is signed in: password, and a code where there is a second factor. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { api, proofInput } from '@sallyport/contract'
import { Notice } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { CodeField } from '../../lib/own-factors/code-field.tsx'
import { PasskeyButton } from '../../lib/own-factors/passkey-button.tsx'
import { sessionQuery } from '../../lib/session.ts'
import { SecretField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import '../../lib/own-factors/page-words.ts'

export function ProofForm({ onDone }: { readonly onDone: (proven: boolean) => void }) {
  const { data: session } = useQuery(sessionQuery)
  const factors = session?.factors ?? []
  const asksCode = factors.length > 0
  const hasPasskey = factors.includes('passkey')
  const form = useSchemaForm(proofInput, { password: '', code: asksCode ? '' : undefined })
  const [problem, setProblem] = useState<string>()
  const submit = form.handleSubmit(async (body) => {
    setProblem(undefined)
    try {
      await call(api.session.proveAgain, { body }, { whenSignedOut: 'fail' })
    } catch (error) {
      setProblem(applyProblem(form, error))
      return
    }
    onDone(true)
  })
  const { control, formState } = form
  return (
    <form
      onSubmit={(event) => {
        // The page beneath may be a form itself: what is sent here is not sent there.
        event.stopPropagation()
        void submit(event)
      }}
      noValidate
    >
      <Stack>
        <Text size="sm">{t('own-factors.proof.text')}</Text>
        {hasPasskey && (
          <PasskeyButton
            purpose="proof"
            onProblem={setProblem}
            onAnswer={async (body) => {
              await call(api.session.proveAgainByPasskey, { body }, { whenSignedOut: 'fail' })
              onDone(true)
            }}
          />
        )}
        {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
        <SecretField
          control={control}
          name="password"
          label={t('own-factors.proof.password')}
          autoComplete="current-password"
          autoFocus
          data-autofocus
        />
        {asksCode && <CodeField control={control} name="code" />}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => onDone(false)}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={formState.isSubmitting}>
            {t('own-factors.proof.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
