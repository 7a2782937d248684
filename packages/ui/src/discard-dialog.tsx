/** Asks before typed work is thrown away. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useUiWords } from './use-ui-words.ts'

export interface DiscardDialogProps {
  readonly opened: boolean
  readonly onStay: () => void
  readonly onDiscard: () => void
}

export function DiscardDialog({ opened, onStay, onDiscard }: DiscardDialogProps) {
  const words = useUiWords()
  return (
    <Modal opened={opened} onClose={onStay} title={words.unsavedTitle} closeButtonProps={{ 'aria-label': words.close }}>
      <Stack>
        <Text size="sm">{words.unsavedText}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onStay} data-autofocus>
            {words.keepEditing}
          </Button>
          <Button color="red.9" onClick={onDiscard}>
            {words.discard}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
