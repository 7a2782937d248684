/** Who is signed in: their account, the language, the appearance, the way out. */
import { Button, Menu, Text, useMantineColorScheme } from '@mantine/core'
import {
  IconChevronDown,
  IconDeviceDesktop,
  IconLogout,
  IconMoon,
  IconSun,
  IconUserCircle,
  IconUserShield,
} from '@tabler/icons-react'
import { api } from '@sallyport/contract'
import { useQueryClient } from '@tanstack/react-query'
import { notifyFailed } from '@sallyport/ui'
import { languages } from '@sallyport/ui/language'
import { rememberLanguage } from '@sallyport/ui/reader-language'
import { Link, useNavigate } from '@tanstack/react-router'
import { call } from '../lib/api.ts'
import { useCompactRows } from '../lib/density.ts'
import { problemText } from '../lib/problem-text.ts'
import { useSession } from '../lib/session.ts'
import { language, t } from '../lib/words.ts'

const schemes = [
  ['light', IconSun],
  ['dark', IconMoon],
  ['auto', IconDeviceDesktop],
] as const

export function AccountMenu() {
  const { administrator } = useSession()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [compact, setCompact] = useCompactRows()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const signOut = async () => {
    try {
      await call(api.session.signOut, {}, { whenSignedOut: 'fail' })
    } catch (error) {
      notifyFailed(t('app.account.signOut'), problemText(error))
      return
    }
    await navigate({ to: '/sign-in' })
    queryClient.clear()
  }
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          c="var(--mantine-color-text)"
          px="xs"
          leftSection={<IconUserCircle size={20} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          aria-label={t('app.account.menu', { name: administrator.username })}
        >
          <Text component="span" size="sm" visibleFrom="md">
            {administrator.username}
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {administrator.username} · {t(`app.role.${administrator.role}`)}
        </Menu.Label>
        <Menu.Item component={Link} to="/account" leftSection={<IconUserShield size={16} aria-hidden />}>
          {t('app.account.open')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('ui.language')}</Menu.Label>
        <Menu.RadioGroup value={language()} onChange={speak}>
          {Object.entries(languages).map(([tag, name]) => (
            <Menu.RadioItem key={tag} value={tag} lang={tag}>
              {name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>{t('app.account.theme')}</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(value as typeof colorScheme)}>
          {schemes.map(([scheme, Icon]) => (
            <Menu.RadioItem key={scheme} value={scheme} rightSection={<Icon size={16} aria-hidden />}>
              {t(`app.account.${scheme}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.CheckboxItem checked={compact} onChange={setCompact} visibleFrom="sm">
          {t('app.account.compact')}
        </Menu.CheckboxItem>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void signOut()}>
          {t('app.account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** The page is loaded anew, in the other language. */
function speak(chosen: string): void {
  rememberLanguage(chosen)
  window.location.reload()
}
