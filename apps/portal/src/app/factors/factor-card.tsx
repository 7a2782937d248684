/** One second factor: what it is, when it was last used, and what can be done with it. */
import { Button, Group, Paper, Stack, Text } from '@mantine/core'
import { RelativeTime } from '@sallyport/ui'
import type { ReactNode } from 'react'
import { language } from '../../lib/words.ts'

export interface FactorCardProps {
  readonly icon: ReactNode
  readonly title: string
  readonly detail: string
  /** What stands before the time; absent: when it was used is not known. */
  readonly used?: string
  readonly usedAt?: string | null
  /** What else there is to say. */
  readonly note?: string
  /** What can be done, by its name; none: it is only shown. */
  readonly actions: readonly { readonly name: string; readonly act: () => void }[]
}

export function FactorCard({ icon, title, detail, used, usedAt = null, note, actions }: FactorCardProps) {
  return (
    <Paper withBorder p="md" radius="md">
      <Group justify="space-between" gap="sm">
        <Group gap="md" wrap="nowrap" miw={0}>
          {icon}
          <Stack gap={0} miw={0}>
            <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
              {title}
            </Text>
            <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {detail}
            </Text>
            {used !== undefined && (
              <Text size="sm" c="dimmed">
                {used} <RelativeTime at={usedAt} locale={language()} />
              </Text>
            )}
            {note !== undefined && <Text size="sm">{note}</Text>}
          </Stack>
        </Group>
        {actions.length > 0 && (
          <Group gap="xs">
            {actions.map(({ name, act }) => (
              <Button key={name} variant="default" size="xs" aria-label={`${name}: ${title}`} onClick={act}>
                {name}
              </Button>
            ))}
          </Group>
        )}
      </Group>
    </Paper>
  )
}
