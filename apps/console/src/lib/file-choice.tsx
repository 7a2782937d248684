/** A button that chooses a file, and the name of the one that was chosen. */
import { Button, FileButton, Group, Text } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'

export interface FileChoiceProps {
  /** What the browser offers, as `.csv,text/csv`. */
  readonly accept: string
  readonly file: File | null
  readonly onChange: (file: File | null) => void
  readonly label: string
  /** Stands where no file is chosen. */
  readonly none: string
}

export function FileChoice({ accept, file, onChange, label, none }: FileChoiceProps) {
  return (
    <Group gap="sm">
      <FileButton accept={accept} onChange={onChange}>
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconFileUpload size={16} aria-hidden />} data-autofocus>
            {label}
          </Button>
        )}
      </FileButton>
      <Text size="sm" {...(file === null && { c: 'dimmed' })} style={{ overflowWrap: 'anywhere' }} role="status">
        {file?.name ?? none}
      </Text>
    </Group>
  )
}
