/** Something that its section misses, said at the top of the home page, with what mends it. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { Notice } from '@sallyport/ui'
import { createPortal } from 'react-dom'
import { useHome } from './home-context.ts'

export interface MissingProps {
  readonly title: string
  readonly text: string
  /** Without it: there is nothing to be done here. */
  readonly action?: { readonly name: string; readonly act: () => void }
}

export function Missing({ title, text, action }: MissingProps) {
  const { top } = useHome()
  if (top === null) return null
  return createPortal(
    <Notice state="warning" title={title}>
      <Stack gap="sm">
        <Text size="sm">{text}</Text>
        {action !== undefined && (
          <Group>
            <Button onClick={action.act}>{action.name}</Button>
          </Group>
        )}
      </Stack>
    </Notice>,
    top,
  )
}
