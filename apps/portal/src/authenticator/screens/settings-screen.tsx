/** Accounts on this device, whether pushes arrive and how to mend it, and the language. */
import { ActionIcon, Alert, Button, Menu, Stack, Switch, Text, ThemeIcon, Title } from '@mantine/core'
import { ConfirmDialog, LanguageSelect } from '@sallyport/ui'
import { IconBell, IconDots, IconPencil, IconPlus, IconTrash, IconUser } from '@tabler/icons-react'
import { useState } from 'react'
import { leave } from '../../lib/leave.ts'
import { turnPushOff, turnPushOn } from '../../lib/push.ts'
import { vault, type Account } from '../../lib/vault.ts'
import { t } from '../../lib/words.ts'
import styles from '../app.module.css'
import { useModel } from '../model.ts'
import { problemWords } from '../problem-words.ts'
import { RenameDevice } from './rename-device.tsx'

export function SettingsScreen({ onAdd }: { readonly onAdd: () => void }) {
  const { accounts } = useModel()
  return (
    <Stack gap="lg">
      <Title order={1}>{t('settings.title')}</Title>
      <section>
        <Title order={2} fz="md">
          {t('settings.accounts')}
        </Title>
        <div className={styles.rows}>
          {accounts.map((account) => (
            <AccountRow key={account.deviceId} account={account} />
          ))}
        </div>
        <Button variant="light" mt="xs" leftSection={<IconPlus size={18} />} onClick={onAdd}>
          {t('settings.add')}
        </Button>
      </section>
      <PushSection />
      <section>
        <LanguageSelect />
      </section>
    </Stack>
  )
}

function AccountRow({ account }: { readonly account: Account }) {
  const { reload } = useModel()
  const [open, setOpen] = useState<'rename' | 'remove' | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const close = () => setOpen(null)
  return (
    <div className={styles.row}>
      <ThemeIcon size={38} radius="50%" variant="light">
        <IconUser size={20} aria-hidden />
      </ThemeIcon>
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text fw={600} truncate>
          {account.username}
        </Text>
        <Text fz="sm" c="dimmed" truncate>
          {t('settings.asDevice', { name: account.name, host: window.location.host })}
        </Text>
      </div>
      <Menu position="bottom-end" width={210}>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={44}
            aria-label={t('settings.menu', { username: account.username })}
          >
            <IconDots size={20} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={18} />} onClick={() => setOpen('rename')}>
            {t('settings.rename')}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={18} />} onClick={() => setOpen('remove')}>
            {t('settings.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RenameDevice account={account} opened={open === 'rename'} onClose={close} />
      <ConfirmDialog
        opened={open === 'remove'}
        title={t('settings.removeTitle', { username: account.username })}
        confirmLabel={t('settings.remove')}
        onClose={close}
        onConfirm={() => {
          setProblem(null)
          leave(account).then(reload, (error: unknown) => setProblem(problemWords(error)))
        }}
      >
        {t('settings.removeText')}
        {problem !== null && (
          <Alert color="red" mt="sm">
            {problem}
          </Alert>
        )}
      </ConfirmDialog>
    </div>
  )
}

function PushSection() {
  const { accounts, push, setPush } = useModel()
  const [isBusy, setBusy] = useState(false)
  const isOn = push === 'on'
  const change = () => {
    setBusy(true)
    void (isOn ? turnPushOff(accounts) : turnPushOn(accounts)).then(setPush).finally(() => setBusy(false))
    void vault.choose({ askedForPush: true })
  }
  return (
    <section>
      <Title order={2} fz="md">
        {t('settings.notifications')}
      </Title>
      <div className={styles.row}>
        <ThemeIcon size={38} radius="50%" variant="light" color={isOn ? 'green' : 'yellow'}>
          <IconBell size={20} aria-hidden />
        </ThemeIcon>
        <Text fz="sm" style={{ flex: 1 }}>
          {t(`push.${push}`)}
        </Text>
        {['on', 'off', 'failed'].includes(push) && (
          <Switch
            size="md"
            checked={isOn}
            disabled={isBusy}
            aria-label={t('settings.notifications')}
            onChange={change}
          />
        )}
      </div>
    </section>
  )
}
