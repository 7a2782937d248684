/** Adds an account: the code comes from a QR code, a link or the keyboard; then the device makes its key and registers. */
import { Alert, Button, Stack, Text, TextInput, Title } from '@mantine/core'
import { IconAlertTriangle, IconQrcode } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { readActivation } from '../../lib/activation-link.ts'
import { registerDevice } from '../../lib/device-api.ts'
import { importSecret } from '../../lib/totp.ts'
import { vault } from '../../lib/vault.ts'
import { t } from '../../lib/words.ts'
import styles from '../app.module.css'
import { Mark } from '../mark.tsx'
import { useModel } from '../model.ts'
import { problemWords } from '../problem-words.ts'
import { deviceNameNow } from './device-name.ts'

const Scanner = lazy(() => import('./scanner.tsx').then(({ Scanner }) => ({ default: Scanner })))

export interface AddAccountProps {
  readonly isFirst: boolean
  /** @param toConfirm the device that has to be confirmed in the portal; null: none */
  readonly onDone: (toConfirm: string | null) => void
}

export function AddAccount({ isFirst, onDone }: AddAccountProps) {
  const { reload } = useModel()
  const [text, setText] = useState(() => (window.location.hash.startsWith('#activate=') ? window.location.href : ''))
  const [name, setName] = useState(deviceNameNow)
  const [isScanning, setScanning] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const fromLink = text.startsWith('http')

  const add = async (given: string) => {
    const activation = readActivation(given, window.location.origin)
    if (activation === undefined) {
      setProblem(t('add.noCode'))
      return
    }
    if ('otherServer' in activation) {
      setProblem(t('add.otherServer', { link: activation.otherServer }))
      return
    }
    setBusy(true)
    setProblem(null)
    try {
      const { registered, key } = await registerDevice(activation.code, name.trim())
      const { deviceId, username, vapidPublicKey, offline, confirmBy } = registered
      const { digits, stepSeconds } = offline
      const token = { key: await importSecret(offline.secret), digits, stepSeconds }
      await vault.saveAccount({ deviceId, username, name: registered.name, key, offline: token, vapidPublicKey })
      // The browser may otherwise throw away what it keeps when it is short of room. Firefox asks the person, who may not look.
      void navigator.storage.persist().catch(() => false)
      window.history.replaceState(null, '', '/app/')
      await reload()
      onDone(confirmBy === null ? null : deviceId)
    } catch (error) {
      setProblem(problemWords(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className={styles.column}>
      <div className={styles.centred} style={{ padding: '1.5rem 0' }}>
        <Mark size={72} />
        <Title order={1} mt="lg" mb={6}>
          {t(isFirst ? 'add.welcome' : 'add.title')}
        </Title>
        <Text c="dimmed" maw="22rem">
          {t(fromLink ? 'add.fromLink' : 'add.text')}
        </Text>
      </div>
      {isScanning ? (
        <Suspense>
          <Scanner
            onFound={(found) => {
              setScanning(false)
              setText(found)
              void add(found)
            }}
            onFailed={() => {
              setScanning(false)
              setProblem(t('add.noCamera'))
            }}
          />
          <Button variant="subtle" mt="sm" onClick={() => setScanning(false)}>
            {t('add.type')}
          </Button>
        </Suspense>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void add(text)
          }}
        >
          <Stack>
            {!fromLink && (
              <Button
                size="lg"
                radius="lg"
                leftSection={<IconQrcode size={22} />}
                disabled={isBusy}
                onClick={() => {
                  setProblem(null)
                  setScanning(true)
                }}
              >
                {t('add.scan')}
              </Button>
            )}
            {!fromLink && (
              <TextInput
                label={t('add.code')}
                placeholder="XXXX-XXXX-XXXX"
                size="md"
                autoCapitalize="characters"
                autoComplete="off"
                autoCorrect="off"
                spellCheck={false}
                value={text}
                onChange={(event) => setText(event.currentTarget.value)}
              />
            )}
            <TextInput
              label={t('add.name')}
              description={t('add.nameText')}
              size="md"
              maxLength={64}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            {problem !== null && (
              <Alert color="red" variant="light" role="alert" icon={<IconAlertTriangle size={18} />}>
                {problem}
              </Alert>
            )}
            <Button
              type="submit"
              size="lg"
              radius="lg"
              variant={fromLink ? 'filled' : 'default'}
              loading={isBusy}
              disabled={text.trim() === '' || name.trim() === ''}
            >
              {t('add.add')}
            </Button>
            {!isFirst && (
              <Button variant="subtle" onClick={() => onDone(null)}>
                {t('ui.cancel')}
              </Button>
            )}
          </Stack>
        </form>
      )}
    </div>
  )
}
