/** Gives this device another name, as administrators and the portal show it. */
import { Alert, Button, Modal, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { renameDevice } from '../../lib/device-api.ts'
import { vault, type Account } from '../../lib/vault.ts'
import { t } from '../../lib/words.ts'
import { useModel } from '../model.ts'
import { problemWords } from '../problem-words.ts'

export interface RenameDeviceProps {
  readonly account: Account
  readonly opened: boolean
  readonly onClose: () => void
}

export function RenameDevice({ account, opened, onClose }: RenameDeviceProps) {
  const { reload } = useModel()
  const [name, setName] = useState(account.name)
  const [problem, setProblem] = useState<string | null>(null)
  const save = async () => {
    try {
      await renameDevice(account, name.trim())
      await vault.saveAccount({ ...account, name: name.trim() })
      await reload()
      onClose()
    } catch (error) {
      setProblem(problemWords(error))
    }
  }
  return (
    <Modal opened={opened} onClose={onClose} title={t('settings.rename')} centered radius="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Stack>
          <TextInput
            label={t('add.name')}
            size="md"
            value={name}
            maxLength={64}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {problem !== null && <Alert color="red">{problem}</Alert>}
          <Button type="submit" size="md" disabled={name.trim() === ''}>
            {t('settings.save')}
          </Button>
        </Stack>
      </form>
    </Modal>
  )
}
