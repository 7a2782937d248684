/** Where people land who are signed in. */
import { Anchor, Button, Container, Group, Stack, Text, Title } from '@mantine/core'
import { portalApi, type PortalSessionView } from '@sallyport/contract/portal'
import { LanguageSelect } from '../lib/language-select.tsx'
import { call } from '../lib/portal-api.ts'
import { t } from '../lib/words.ts'
import { Factors } from './factors/factors.tsx'

export interface HomeProps {
  readonly session: PortalSessionView
  readonly onSession: (session: PortalSessionView | null) => void
}

export function Home({ session, onSession }: HomeProps) {
  const signOut = () => {
    const left = () => onSession(null)
    // Whatever the server says of it: this browser has left.
    call(portalApi.session.signOut).then(left, left)
  }
  return (
    <Container size="sm" py="lg">
      <Stack gap="xl">
        <Group justify="space-between">
          <Title order={1} fz="h2" style={{ overflowWrap: 'anywhere' }}>
            {t('home.title', { name: session.name })}
          </Title>
          <Button variant="default" onClick={signOut}>
            {t('home.signOut')}
          </Button>
        </Group>
        <Factors key={session.username} session={session} onSession={onSession} />
        <Stack gap={4}>
          <Anchor href="/app/">{t('home.app')}</Anchor>
          <Text c="dimmed">{t('home.appText')}</Text>
        </Stack>
        <LanguageSelect
          {...(session.kind === 'full' && {
            onChosen: async (language: string) => {
              // Whether or not it could be saved: this browser speaks it.
              await call(portalApi.factors.setLanguage, { body: { language } }).catch(() => undefined)
            },
          })}
        />
      </Stack>
    </Container>
  )
}
