/** Where people land who are signed in: what is missing, then section by section. */
import { Anchor, Button, Container, Group, Stack, Text, Title } from '@mantine/core'
import { portalApi, type PortalSessionView } from '@sallyport/contract/portal'
import { LanguageSelect } from '@sallyport/ui'
import { useCallback, useMemo, useState, type ComponentType } from 'react'
import { call } from '../../lib/portal-api.ts'
import { t } from '../../lib/words.ts'
import { Bypass } from '../bypass/bypass.tsx'
import { Contact } from '../contact/contact.tsx'
import { Factors } from '../factors/factors.tsx'
import { Methods } from '../methods/methods.tsx'
import { Pin } from '../pin/pin.tsx'
import { Recovery } from '../recovery/recovery.tsx'
import { SignIns } from '../sign-ins/sign-ins.tsx'
import { HomeContextProvider } from './home-context.ts'

export interface HomeProps {
  readonly session: PortalSessionView
  /** Stays the same from one rendering to the next. */
  readonly onSession: (session: PortalSessionView | null) => void
}

/** In their order; each is a folder beside this one. */
const sections: readonly { readonly name: string; readonly Part: ComponentType }[] = [
  { name: 'factors', Part: Factors },
  { name: 'contact', Part: Contact },
  { name: 'methods', Part: Methods },
  { name: 'pin', Part: Pin },
  { name: 'recovery', Part: Recovery },
  { name: 'bypass', Part: Bypass },
  { name: 'sign-ins', Part: SignIns },
]

export function Home({ session, onSession }: HomeProps) {
  const [revision, setRevision] = useState(0)
  const [top, setTop] = useState<HTMLElement | null>(null)
  const changed = useCallback(() => setRevision((before) => before + 1), [])
  const home = useMemo(
    () => ({ session, onSession, revision, changed, top }),
    [session, onSession, revision, changed, top],
  )
  const signOut = () => {
    const left = () => onSession(null)
    // Whatever the server says of it: this browser has left.
    call(portalApi.session.signOut).then(left, left)
  }
  return (
    <HomeContextProvider value={home}>
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
          <Stack gap="sm" ref={setTop} />
          <Stack gap="xl" key={session.username}>
            {sections.map(({ name, Part }) => (
              <Part key={name} />
            ))}
          </Stack>
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
    </HomeContextProvider>
  )
}
