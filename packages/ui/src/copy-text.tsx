/** An id, an address or a setting in monospace, which copies itself on click. */
import { Box, Tooltip, UnstyledButton } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useUiWords } from './use-ui-words.ts'

export interface CopyTextProps {
  readonly value: string
  /** What is shown, where it differs from what is copied. */
  readonly shown?: string
}

export function CopyText({ value, shown = value }: CopyTextProps) {
  const words = useUiWords()
  const clipboard = useClipboard({ timeout: 2000 })
  const Icon = clipboard.copied ? IconCheck : IconCopy
  return (
    <Tooltip label={clipboard.copied ? words.copied : words.copy}>
      <UnstyledButton
        aria-label={`${words.copy}: ${shown}`}
        onClick={(event) => {
          event.stopPropagation()
          clipboard.copy(value)
        }}
        style={{ display: 'inline-flex', alignItems: 'baseline', gap: 4, maxWidth: '100%' }}
      >
        <Box
          component="span"
          ff="monospace"
          fz="0.93em"
          // A short one, such as an IPv4 address, is never broken; a long one may be.
          style={{ overflowWrap: 'anywhere', minWidth: `${Math.min(shown.length, 16)}ch` }}
        >
          {shown}
        </Box>
        <Box component="span" c="dimmed" style={{ flex: 'none', alignSelf: 'center', display: 'inline-flex' }}>
          <Icon size={13} aria-hidden />
        </Box>
        <span className="ui-visually-hidden" role="status">
          {clipboard.copied ? words.copied : ''}
        </span>
      </UnstyledButton>
    </Tooltip>
  )
}
