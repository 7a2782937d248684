/** The frame of the pages outside the shell: sign-in and set-up. */
import { Box, Group, Text } from '@mantine/core'
import { LanguageSelect } from '@sallyport/ui'
import type { ReactNode } from 'react'
import { t } from '../lib/words.ts'

export function FrontDoor({
  width,
  action,
  children,
}: {
  readonly width: string
  readonly action?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <Box mih="100dvh" bg="var(--ui-sunken)">
      <Group component="header" justify="space-between" px="md" py="sm">
        <Group gap={10}>
          <img src="/favicon.svg" alt="" width={28} height={28} />
          <Text fw={650}>{t('app.name')}</Text>
        </Group>
        {action}
      </Group>
      <Box component="main" maw={width} mx="auto" px="md" py="lg">
        {children}
        <Box maw="10rem" mx="auto" mt="xl">
          <LanguageSelect />
        </Box>
      </Box>
    </Box>
  )
}
