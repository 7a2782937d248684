/** A form in a dialog, which asks before typed work is thrown away. */
import { Button, Group, Modal, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ReactNode, SubmitEvent } from 'react'
import { DiscardDialog } from './discard-dialog.tsx'
import { useUiWords } from './use-ui-words.ts'

export interface FormDialogProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly title: string
  readonly size?: 'md' | 'lg' | 'xl'
  readonly submitLabel: string
  readonly onSubmit: (event: SubmitEvent<HTMLFormElement>) => void
  readonly pending?: boolean
  /** True while something typed would be lost. */
  readonly dirty?: boolean
  readonly submitDisabled?: boolean
  readonly children: ReactNode
}

export function FormDialog(props: FormDialogProps) {
  const { opened, onClose, title, size = 'lg', submitLabel, onSubmit, pending = false, dirty = false, children } = props
  const words = useUiWords()
  const [asking, { open: ask, close: stay }] = useDisclosure(false)
  const tryClose = () => (dirty ? ask() : onClose())
  return (
    <>
      <Modal
        opened={opened}
        onClose={tryClose}
        title={title}
        size={size}
        closeOnClickOutside={!dirty}
        closeButtonProps={{ 'aria-label': words.close }}
      >
        <form onSubmit={onSubmit} noValidate>
          <Stack>
            {children}
            <Group justify="flex-end">
              <Button variant="default" onClick={tryClose}>
                {words.cancel}
              </Button>
              <Button type="submit" loading={pending} disabled={props.submitDisabled === true}>
                {submitLabel}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
      {/* Mounted only while it asks: the Escape that opened it would close it at once otherwise. */}
      {asking && (
        <DiscardDialog
          opened
          onStay={stay}
          onDiscard={() => {
            stay()
            onClose()
          }}
        />
      )}
    </>
  )
}
