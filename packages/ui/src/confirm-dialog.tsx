/** Asks before something goes, naming what goes; for big ones the name has to be typed. */
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useUiWords } from './use-ui-words.ts'

export interface ConfirmDialogProps {
  readonly opened: boolean
  readonly onClose: () => void
  /** A question that names what goes: “Remove client Office VPN?” */
  readonly title: string
  /** What happens then, and to how many. */
  readonly children: ReactNode
  /** The act itself: “Remove client”. */
  readonly confirmLabel: string
  readonly onConfirm: () => void
  readonly pending?: boolean
  /** The name that has to be typed first. */
  readonly typeName?: string
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { opened, onClose, title, children, confirmLabel, onConfirm, pending = false, typeName } = props
  const words = useUiWords()
  const [typed, setTyped] = useState('')
  const close = () => {
    setTyped('')
    onClose()
  }
  return (
    <Modal opened={opened} onClose={close} title={title} closeButtonProps={{ 'aria-label': words.close }}>
      <Stack>
        <Text component="div" size="sm">
          {children}
        </Text>
        {typeName !== undefined && (
          <TextInput
            label={words.typeName.replace('{name}', typeName)}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {words.cancel}
          </Button>
          <Button
            color="red.9"
            loading={pending}
            disabled={typeName !== undefined && typed.trim() !== typeName}
            onClick={onConfirm}
          >
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
