/** The main menu: what this administrator may see, the present page marked. */
import { NavLink, Stack, Text } from '@mantine/core'
import { Link, useMatchRoute } from '@tanstack/react-router'
import { roleMay, useSession } from '../lib/session.ts'
import { t } from '../lib/words.ts'
import { menu } from './menu.ts'
import classes from './shell.module.css'

export function MainMenu({ onNavigate }: { readonly onNavigate: () => void }) {
  const { administrator } = useSession()
  const matches = useMatchRoute()
  const entries = menu.filter((entry) => roleMay(administrator.role, entry.needs))
  return (
    <Stack component="nav" gap={2} aria-label={t('app.menu.label')}>
      {entries.map((entry, index) => {
        const active = matches({ to: entry.to, fuzzy: true }) !== false
        const opensGroup = entry.group !== undefined && entries[index - 1]?.group !== entry.group
        const Icon = entry.icon
        return (
          <div key={entry.to}>
            {opensGroup && (
              <Text size="xs" c="dimmed" fw={600} px="sm" pt="sm" pb={4}>
                {t(`app.menu.${entry.group ?? ''}`)}
              </Text>
            )}
            <NavLink
              component={Link}
              to={entry.to}
              label={t(`app.menu.${entry.name}`)}
              leftSection={<Icon size={19} stroke={1.6} aria-hidden />}
              className={classes['item'] ?? ''}
              active={active}
              aria-current={active ? 'page' : undefined}
              onClick={onNavigate}
            />
          </div>
        )
      })}
    </Stack>
  )
}
