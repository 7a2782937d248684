/** The dialog of what is shown once and never again: it closes by its button alone. */
import { Button, Group, Modal, Stack } from '@mantine/core'
import { Notice } from '@sallyport/ui'
import type { ReactNode } from 'react'

export interface ShownOnceProps {
  readonly title: string
  /** That it comes never again, and what follows from that. */
  readonly once: string
  readonly onceText: string
  readonly doneLabel: string
  readonly onClose: () => void
  readonly children: ReactNode
}

export function ShownOnce({ title, once, onceText, doneLabel, onClose, children }: ShownOnceProps) {
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={title}
      // No stray click or key may close it.
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack>
        <Notice state="warning" title={once}>
          {onceText}
        </Notice>
        {children}
        <Group justify="flex-end">
          <Button onClick={onClose}>{doneLabel}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
