/** The frame of the app: what it is called above, where to go below. */
import { Text, UnstyledButton } from '@mantine/core'
import { IconHistory, IconLock, IconSettings, IconShieldCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { t } from '../lib/words.ts'
import styles from './app.module.css'
import { Mark } from './mark.tsx'

export type Tab = 'home' | 'codes' | 'history' | 'settings'

const tabs = [
  ['home', IconShieldCheck],
  ['codes', IconLock],
  ['history', IconHistory],
  ['settings', IconSettings],
] as const

export function Shell({
  tab,
  onTab,
  children,
}: {
  readonly tab: Tab
  readonly onTab: (tab: Tab) => void
  readonly children: ReactNode
}) {
  return (
    <div className={styles.frame}>
      <header className={styles.header}>
        <Mark size={26} />
        <Text fw={600}>{t('app.name')}</Text>
      </header>
      <main className={styles.content}>{children}</main>
      <nav className={styles.tabs} aria-label={t('app.menu')}>
        {tabs.map(([name, Icon]) => (
          <UnstyledButton
            key={name}
            className={styles.tab}
            data-active={name === tab || undefined}
            aria-current={name === tab ? 'page' : undefined}
            onClick={() => onTab(name)}
          >
            <Icon size={24} stroke={name === tab ? 2.1 : 1.6} aria-hidden />
            <span>{t(`app.tab.${name}`)}</span>
          </UnstyledButton>
        ))}
      </nav>
    </div>
  )
}
