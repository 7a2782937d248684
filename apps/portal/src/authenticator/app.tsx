/** The authenticator: its screens, and which of them is shown. */
import { Container, Title } from '@mantine/core'
import { t } from '../lib/words.ts'

export function AuthenticatorApp() {
  return (
    <Container size="xs" py="xl">
      <Title order={1}>{t('welcome.title')}</Title>
    </Container>
  )
}
