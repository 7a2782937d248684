/** The frame of every page: menu at the left, header with search, the state of RADIUS and who is signed in. */
import { AppShell, Box, Burger, Button, Group, Kbd, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { Link, Outlet } from '@tanstack/react-router'
import { Suspense } from 'react'
import { lazyPart } from '../lib/lazy-page.ts'
import { useSession } from '../lib/session.ts'
import { t } from '../lib/words.ts'
import { AccountMenu } from './account-menu.tsx'
import { MainMenu } from './main-menu.tsx'
import { RadiusState } from './radius-state.tsx'
import { openSearch, useSearchOpened } from './search-opened.ts'
import classes from './shell.module.css'

const Search = lazyPart(async () => (await import('./search.tsx')).Search)

export function Shell() {
  const [menuOpened, { toggle, close }] = useDisclosure(false)
  const searchOpened = useSearchOpened()
  const { sampleSite } = useSession()
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 256, breakpoint: 'sm', collapsed: { mobile: !menuOpened } }}
      padding={{ base: 'md', md: 'lg' }}
    >
      <a href="#content" className={classes['skip']}>
        {t('app.skip')}
      </a>
      <AppShell.Header className={classes['header'] ?? ''}>
        <Group h="100%" px="md" gap="sm" wrap="nowrap">
          <Burger opened={menuOpened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('app.menu.open')} />
          <Link to="/status" className={classes['brand']} aria-label={t('app.name')}>
            <img src="/favicon.svg" alt="" width={26} height={26} />
            <Text component="span" fw={650} visibleFrom="xs">
              {t('app.name')}
            </Text>
          </Link>
          <Box flex={1} />
          <Button
            variant="default"
            className={classes['search'] ?? ''}
            leftSection={<IconSearch size={16} aria-hidden />}
            rightSection={<Kbd size="xs">Ctrl K</Kbd>}
            onClick={openSearch}
            visibleFrom="sm"
            aria-keyshortcuts="Control+K"
          >
            {t('app.search.button')}
          </Button>
          <Button variant="default" px="xs" hiddenFrom="sm" onClick={openSearch} aria-label={t('app.search.button')}>
            <IconSearch size={16} aria-hidden />
          </Button>
          <RadiusState />
          <AccountMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" className={classes['navbar'] ?? ''}>
        <MainMenu onNavigate={close} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        {sampleSite && (
          <Text size="xs" c="dimmed" mb="sm">
            {t('app.sampleSite')}
          </Text>
        )}
        <Outlet />
      </AppShell.Main>
      {searchOpened && (
        <Suspense>
          <Search />
        </Suspense>
      )}
    </AppShell>
  )
}
