/** A state in words with a mark whose shape differs as well as its colour. */
import { Box, Group, Text } from '@mantine/core'
import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleXFilled,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'

/** What a state means for the reader, whatever the app calls it. */
export type StateKind = 'good' | 'warning' | 'bad' | 'neutral'

const icons = {
  good: IconCircleCheckFilled,
  warning: IconAlertTriangleFilled,
  bad: IconCircleXFilled,
  neutral: IconCircleDashed,
} as const

/** The mark alone, for places where words stand beside it. */
export function StateIcon({ state, size = 16 }: { readonly state: StateKind; readonly size?: number }) {
  const Icon = icons[state]
  return (
    <Box
      component="span"
      c={`var(--ui-${state})`}
      style={{ display: 'inline-flex', flex: 'none', alignSelf: 'center' }}
      aria-hidden
    >
      <Icon size={size} />
    </Box>
  )
}

export interface StatusDotProps {
  readonly state: StateKind
  readonly children: ReactNode
  readonly size?: 'sm' | 'md' | 'lg'
}

export function StatusDot({ state, children, size = 'sm' }: StatusDotProps) {
  return (
    <Group component="span" display="inline-flex" gap={6} wrap="nowrap" align="baseline">
      <StateIcon state={state} size={size === 'lg' ? 22 : 16} />
      <Text component="span" size={size} fw={size === 'lg' ? 600 : undefined}>
        {children}
      </Text>
    </Group>
  )
}
