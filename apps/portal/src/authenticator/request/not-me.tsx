/** Asks before somebody is reported: it may lock the account. */
import { Button, Modal, Stack, Text } from '@mantine/core'
import { t } from '../../lib/words.ts'

export interface NotMeProps {
  readonly opened: boolean
  readonly application: string
  readonly onCancel: () => void
  readonly onConfirm: () => void
}

export function NotMe({ opened, application, onCancel, onConfirm }: NotMeProps) {
  return (
    <Modal opened={opened} onClose={onCancel} title={t('notMe.title')} centered radius="lg">
      <Stack>
        <Text>{t('notMe.text', { application })}</Text>
        <Button color="red" size="lg" radius="lg" onClick={onConfirm}>
          {t('notMe.confirm')}
        </Button>
        <Button variant="default" size="lg" radius="lg" onClick={onCancel}>
          {t('ui.cancel')}
        </Button>
      </Stack>
    </Modal>
  )
}
