/** A message in the page: what is so, why it matters, and what to press. */
import { Box, Group, Paper, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { StateIcon, type StateKind } from './status-dot.tsx'

export interface NoticeProps {
  readonly state: StateKind
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
  /** `alert` interrupts a screen reader; `status` waits. */
  readonly role?: 'alert' | 'status' | 'note'
}

export function Notice({ state, title, children, action, role = 'note' }: NoticeProps) {
  return (
    <Paper
      role={role}
      p="sm"
      bg="var(--ui-sunken)"
      style={{ border: '1px solid var(--ui-line)', borderInlineStart: `3px solid var(--ui-${state})` }}
    >
      <Group align="flex-start" gap="sm" wrap="nowrap">
        <Box pt={2}>
          <StateIcon state={state} size={18} />
        </Box>
        <Group flex={1} justify="space-between" gap="sm" miw={0}>
          <Box flex="1 1 14rem" miw={0}>
            <Text fw={600} size="sm">
              {title}
            </Text>
            {children !== undefined && (
              <Text component="div" size="sm" style={{ overflowWrap: 'anywhere' }}>
                {children}
              </Text>
            )}
          </Box>
          {action}
        </Group>
      </Group>
    </Paper>
  )
}
