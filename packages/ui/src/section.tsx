/** A titled part of a page, set apart by a thin frame. */
import { Box, Group, Paper, Text, Title } from '@mantine/core'
import { useId } from '@mantine/hooks'
import type { ReactNode } from 'react'

export interface SectionProps {
  readonly title: string
  readonly description?: string
  readonly action?: ReactNode
  readonly children: ReactNode
}

export function Section({ title, description, action, children }: SectionProps) {
  const titleId = useId()
  return (
    <Paper component="section" aria-labelledby={titleId} withBorder p="md">
      <Group justify="space-between" align="flex-start" mb="sm" gap="sm">
        <Box flex="1 1 14rem">
          <Title order={2} id={titleId}>
            {title}
          </Title>
          {description !== undefined && (
            <Text c="dimmed" size="sm" maw="46rem">
              {description}
            </Text>
          )}
        </Box>
        {action}
      </Group>
      {children}
    </Paper>
  )
}
