/** What most people never need, folded away behind one line that says what is in it. */
import { Box, Collapse, Group, Text, UnstyledButton } from '@mantine/core'
import { useDisclosure, useId } from '@mantine/hooks'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'

export interface FoldedSectionProps {
  readonly title: string
  /** What is inside, in a few words. */
  readonly hint?: string
  /** Opens by itself where something in it needs attention. */
  readonly forceOpen?: boolean
  readonly children: ReactNode
}

export function FoldedSection({ title, hint, forceOpen = false, children }: FoldedSectionProps) {
  const [opened, { toggle }] = useDisclosure(false)
  const contentId = useId()
  const expanded = opened || forceOpen
  const Icon = expanded ? IconChevronDown : IconChevronRight
  return (
    <Box>
      <UnstyledButton onClick={toggle} aria-expanded={expanded} aria-controls={contentId} py={4}>
        <Group gap={6} wrap="nowrap" align="flex-start">
          <Icon size={18} aria-hidden style={{ flex: 'none', marginTop: 2 }} />
          <Text size="sm" fw={600}>
            {title}{' '}
            {hint !== undefined && (
              <Text span c="dimmed" size="sm" fw={400}>
                {hint}
              </Text>
            )}
          </Text>
        </Group>
      </UnstyledButton>
      <Collapse expanded={expanded} keepMountedMode="display-none" id={contentId}>
        <Box pt="xs" pl={24}>
          {children}
        </Box>
      </Collapse>
    </Box>
  )
}
