/** Names and values below each other, the values ready to be copied into somebody else's form. */
import { Box, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { CopyText } from './copy-text.tsx'
import classes from './settings-list.module.css'

export interface Setting {
  readonly name: string
  /** Copied and shown in monospace. */
  readonly value?: string
  /** Shown in place of a value that cannot be copied. */
  readonly text?: ReactNode
  readonly hint?: string
}

export function SettingsList({ settings }: { readonly settings: readonly Setting[] }) {
  return (
    <Box component="dl" className={classes['list'] ?? ''}>
      {settings.map((setting) => (
        <Box key={setting.name} className={classes['row'] ?? ''}>
          <Text component="dt" size="sm" c="dimmed">
            {setting.name}
          </Text>
          <Text component="dd" size="sm" m={0} miw={0}>
            {setting.value === undefined ? setting.text : <CopyText value={setting.value} />}
            {setting.hint !== undefined && (
              <Text size="xs" c="dimmed">
                {setting.hint}
              </Text>
            )}
          </Text>
        </Box>
      ))}
    </Box>
  )
}
