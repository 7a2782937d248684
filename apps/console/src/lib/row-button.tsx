/** A small button of a row, which says by its picture what it does, and in words when somebody asks. */
import { ActionIcon, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'

export interface RowButtonProps {
  /** What it does to which row. */
  readonly label: string
  readonly icon: ReactNode
  readonly onPress: () => void
  readonly disabled?: boolean
}

export function RowButton({ label, icon, onPress, disabled = false }: RowButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={disabled} onClick={onPress}>
        {icon}
      </ActionIcon>
    </Tooltip>
  )
}
