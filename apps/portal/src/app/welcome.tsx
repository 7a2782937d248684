/** What the portal shows to whoever opens it: the way to the authenticator. */
import { Anchor, Container, Stack, Text, Title } from '@mantine/core'
import { LanguageSelect } from '../lib/language-select.tsx'
import { t } from '../lib/words.ts'

export function Welcome() {
  return (
    <Container size="xs" py="xl">
      <Stack gap="sm">
        <Title order={1}>{t('welcome.title')}</Title>
        <Anchor href="/app/">{t('welcome.app')}</Anchor>
        <LanguageSelect />
        <Text c="dimmed">{t('welcome.appText')}</Text>
      </Stack>
    </Container>
  )
}
