/** The portal: signing in, and what people look after once they have. */
import { Container, Group, Paper, Stack, Text } from '@mantine/core'
import { portalApi, type PortalSessionView } from '@sallyport/contract/portal'
import { LanguageSelect, LoadingPanel } from '@sallyport/ui'
import { lazy, Suspense, useEffect, useState } from 'react'
import { call } from '../lib/portal-api.ts'
import { addWords } from '../lib/words.ts'
import { takeLinkToken } from './link-token.ts'
import { SignIn } from './sign-in/sign-in.tsx'

// Nobody waits for it at the door, nor for its words: every area that no page names at its start.
const homeWords = import.meta.glob(['../words/*/*.json', '!../words/{app,notifications,portal}/*.json'], {
  import: 'default',
})
const Home = lazy(async () => {
  const [{ Home: component }] = await Promise.all([import('./home/home.tsx'), addWords(homeWords)])
  return { default: component }
})

/** `undefined`: not known yet; null: nobody is signed in. */
type Session = PortalSessionView | null | undefined

export function Portal() {
  const [linkToken] = useState(takeLinkToken)
  const [session, setSession] = useState<Session>(linkToken === null ? undefined : null)
  useEffect(() => {
    if (session !== undefined) return
    call(portalApi.session.read).then(setSession, () => setSession(null))
  }, [session])

  if (session) {
    return (
      <Suspense fallback={<LoadingPanel />}>
        <Home session={session} onSession={setSession} />
      </Suspense>
    )
  }
  return (
    <Container size={420} py="xl" px="md">
      <Stack gap="xl">
        <Text fw={700} fz="lg" ta="center">
          Sallyport
        </Text>
        {session === undefined ? (
          <LoadingPanel />
        ) : (
          <Paper withBorder p="lg" radius="md">
            <SignIn withFallback linkToken={linkToken} onSignedIn={setSession} />
          </Paper>
        )}
        <Group justify="center">
          <LanguageSelect />
        </Group>
      </Stack>
    </Container>
  )
}
