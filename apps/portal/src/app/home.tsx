/** Where people land who are signed in. */
import { Anchor, Button, Container, Group, Stack, Text, Title } from '@mantine/core'
import { portalApi, type PortalSessionView } from '@sallyport/contract/portal'
import { LanguageSelect } from '../lib/language-select.tsx'
import { call } from '../lib/portal-api.ts'
import { t } from '../lib/words.ts'

export interface HomeProps {
  readonly session: PortalSessionView
  readonly onSignedOut: () => void
}

export function Home({ session, onSignedOut }: HomeProps) {
  const signOut = () => {
    // Whatever the server says of it: this browser has left.
    call(portalApi.session.signOut).then(onSignedOut, onSignedOut)
  }
  return (
    <Container size="sm" py="lg">
      <Stack>
        <Group justify="space-between">
          <Title order={1} fz="h2">
            {t('home.title', { name: session.name })}
          </Title>
          <Button variant="default" onClick={signOut}>
            {t('home.signOut')}
          </Button>
        </Group>
        <Anchor href="/app/">{t('home.app')}</Anchor>
        <Text c="dimmed">{t('home.appText')}</Text>
        <LanguageSelect />
      </Stack>
    </Container>
  )
}
