/** What cells of several reports look like. */
import { Box, Text } from '@mantine/core'
import type { ReactNode } from 'react'

/** Who it was, in bold; long names break. */
export function Who({ children }: { readonly children: ReactNode }) {
  return (
    <Text component="span" size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
      {children}
    </Text>
  )
}

/** Addresses are monospaced; names are not. */
export function Address({ text, plain = false }: { readonly text: string; readonly plain?: boolean }) {
  return (
    <Box component="span" style={{ overflowWrap: 'anywhere' }} {...(!plain && { ff: 'monospace', fz: '0.93em' })}>
      {text}
    </Box>
  )
}

/** Nothing is known. */
export function Nothing() {
  return (
    <Text component="span" c="dimmed">
      –
    </Text>
  )
}
