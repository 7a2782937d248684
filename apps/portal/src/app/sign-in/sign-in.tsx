/** Signing in: name and password first, then whatever the second factor asks, one thing on the screen at a time. */
import { Anchor, Button, Center, Loader, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import type { PortalSessionView } from '@sallyport/contract/portal'
import { Notice } from '@sallyport/ui'
import { useEffect, useState } from 'react'
import { t } from '../../lib/words.ts'
import { Fallback } from './fallback.tsx'
import { Form } from './form.tsx'
import { useSignIn } from './use-sign-in.ts'

export interface SignInProps {
  /** What an administrator's link holds; used at once, and once. */
  readonly linkToken: string | null
  /** Whether who cannot use their second factor may say so. */
  readonly withFallback?: boolean
  readonly onSignedIn: (session: PortalSessionView) => void
}

export function SignIn({ linkToken, withFallback = false, onSignedIn }: SignInProps) {
  const course = useSignIn(onSignedIn, withFallback)
  const { step, failure, isBusy, begin, useLink: followLink, answer, fallBack, answerFallback, startOver } = course
  useEffect(() => {
    if (linkToken !== null) followLink(linkToken)
  }, [linkToken, followLink])

  return (
    <Stack gap="lg">
      <Title order={1} fz="h2">
        {t('sign-in.title')}
      </Title>
      {failure !== null && (
        <Notice
          state={failure === 'no-factor' || failure === 'no-fallback' ? 'warning' : 'bad'}
          role="alert"
          title={t(linkToken !== null && failure === 'refused' ? 'sign-in.linkUsed' : `sign-in.failure.${failure}`)}
        />
      )}
      {step === null && <PasswordForm isBusy={isBusy} onSubmit={begin} />}
      {step?.kind === 'waiting' && <Waiting />}
      {step?.kind === 'asked' && (
        <Question key={step.message} message={step.message} wants={step.wants} isBusy={isBusy} onAnswer={answer} />
      )}
      {step?.kind === 'fallback' && <Fallback key={step.id} step={step} isBusy={isBusy} onAnswer={answerFallback} />}
      {fallBack !== undefined && (
        <Anchor component="button" type="button" ta="center" disabled={isBusy && step === null} onClick={fallBack}>
          {t('sign-in.fallback.open')}
        </Anchor>
      )}
      {step !== null && (
        <Anchor component="button" type="button" ta="center" onClick={startOver}>
          {t('sign-in.startOver')}
        </Anchor>
      )}
    </Stack>
  )
}

function PasswordForm({
  isBusy,
  onSubmit,
}: {
  readonly isBusy: boolean
  readonly onSubmit: (username: string, password: string) => void
}) {
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  return (
    <Form
      onSubmit={() => {
        onSubmit(username, password)
        setPassword('')
      }}
    >
      <TextInput
        label={t('sign-in.username')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={253}
        autoFocus
        value={username}
        onChange={(event) => setUsername(event.currentTarget.value)}
      />
      <PasswordInput
        label={t('sign-in.password')}
        autoComplete="current-password"
        required
        maxLength={128}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': t('ui.show') }}
      />
      <Button type="submit" size="md" fullWidth loading={isBusy}>
        {t('sign-in.submit')}
      </Button>
    </Form>
  )
}

function Question({
  message,
  wants,
  isBusy,
  onAnswer,
}: {
  readonly message: string
  readonly wants: 'text' | 'go-on'
  readonly isBusy: boolean
  readonly onAnswer: (answer: string) => void
}) {
  const [typed, setTyped] = useState('')
  return (
    <Form onSubmit={() => onAnswer(typed)}>
      <Text size="lg" aria-live="polite" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
        {message}
      </Text>
      {wants === 'text' && (
        <TextInput
          aria-label={t('sign-in.answer')}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          size="lg"
          required
          maxLength={128}
          autoFocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      <Button type="submit" size="md" fullWidth loading={isBusy}>
        {t('sign-in.goOn')}
      </Button>
    </Form>
  )
}

function Waiting() {
  return (
    <Stack align="center" gap="md" role="status" py="lg">
      <Center>
        <Loader size="lg" />
      </Center>
      <Text ta="center" size="lg">
        {t('sign-in.waiting')}
      </Text>
    </Stack>
  )
}
