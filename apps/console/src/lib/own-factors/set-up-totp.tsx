/** Sets an authenticator app up: the QR code, a code of it that proves it, and the recovery codes the first time. */
import { Button, Stack, Text } from '@mantine/core'
import { api, totpCodeInput, type SessionView } from '@sallyport/contract'
import { CopyText, Notice, QrCode } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { call } from '../api.ts'
import { applyProblem, useSchemaForm } from '../forms.ts'
import { problemText } from '../problem-text.ts'
import { queryRoots } from '../query-keys.ts'
import { TextField } from '../text-fields.tsx'
import { t } from '../words.ts'
import { RecoveryCodesShown } from './recovery-codes-shown.tsx'
import './page-words.ts'

export interface SetUpTotpProps {
  readonly onDone: (session: SessionView) => void
  /** Told once it counts, while the recovery codes are still shown. */
  readonly onConfirmed?: () => void
  /** `fail`: in the middle of a sign-in, which a second one would not help. */
  readonly whenSignedOut: 'ask' | 'fail'
}

export function SetUpTotp({ onDone, onConfirmed, whenSignedOut }: SetUpTotpProps) {
  // Each time it opens, another secret; none is kept once it has closed.
  const opening = useId()
  const drawn = useQuery({
    queryKey: [queryRoots.account, 'draw', opening],
    queryFn: ({ signal }) => call(api.account.beginTotp, {}, { signal, whenSignedOut }),
    ...{ gcTime: 0, staleTime: Infinity, retry: false, refetchOnMount: false },
  })
  const form = useSchemaForm(totpCodeInput, { code: '' })
  const [problem, setProblem] = useState<string>()
  const [shown, setShown] = useState<{ readonly codes: readonly string[]; readonly session: SessionView }>()
  const submit = form.handleSubmit(async (body) => {
    setProblem(undefined)
    try {
      const { recoveryCodes, session } = await call(api.account.confirmTotp, { body }, { whenSignedOut })
      onConfirmed?.()
      if (recoveryCodes === null) onDone(session)
      else setShown({ codes: recoveryCodes, session })
    } catch (error) {
      setProblem(applyProblem(form, error))
    }
  })
  if (shown !== undefined) return <RecoveryCodesShown codes={shown.codes} onDone={() => onDone(shown.session)} />
  if (drawn.error !== null) return <Notice state="bad" role="alert" title={problemText(drawn.error)} />
  if (drawn.data === undefined) return null
  const { uri, secret } = drawn.data
  return (
    <form
      onSubmit={(event) => {
        event.stopPropagation()
        void submit(event)
      }}
      noValidate
    >
      <Stack>
        <Text size="sm">{t('own-factors.totp.scan')}</Text>
        <QrCode text={uri} label={t('own-factors.totp.qrLabel')} size={200} />
        <div>
          <Text size="sm" c="dimmed">
            {t('own-factors.totp.secret')}
          </Text>
          <CopyText value={secret} shown={secret.replace(/.{4}(?=.)/g, '$& ')} />
        </div>
        {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
        <TextField
          control={form.control}
          name="code"
          label={t('own-factors.totp.code')}
          description={t('own-factors.totp.codeHint')}
          inputMode="numeric"
          autoComplete="one-time-code"
          maw="16rem"
          autoFocus
          data-autofocus
        />
        <Button type="submit" loading={form.formState.isSubmitting} style={{ alignSelf: 'flex-start' }}>
          {t('own-factors.totp.submit')}
        </Button>
      </Stack>
    </form>
  )
}
