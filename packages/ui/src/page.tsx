/** The frame of a page: its title, one sentence of what it is for, the primary action, the content. */
import { Box, Group, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'

export interface PageProps {
  readonly title: string
  readonly description?: string
  /** The primary action, at the right of the title. */
  readonly action?: ReactNode
  /** `reading` keeps forms and prose at a width that the eye follows; `full` is for tables. */
  readonly width?: 'reading' | 'full'
  readonly children: ReactNode
}

export function Page({ title, description, action, width = 'full', children }: PageProps) {
  useDocumentTitle(title)
  return (
    <Stack gap="lg" maw={width === 'reading' ? '60rem' : undefined}>
      <Group justify="space-between" align="flex-start" gap="md">
        <Box flex="1 1 18rem">
          <Title order={1}>{title}</Title>
          {description !== undefined && (
            <Text c="dimmed" mt={2} maw="46rem">
              {description}
            </Text>
          )}
        </Box>
        {action}
      </Group>
      {children}
    </Stack>
  )
}
