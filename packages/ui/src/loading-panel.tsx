/** Holds the place of a form or panel while its data comes, so that the layout stays still. */
import { Paper, Skeleton, Stack } from '@mantine/core'
import { useUiWords } from './use-ui-words.ts'

export function LoadingPanel({ lines = 4 }: { readonly lines?: number }) {
  const words = useUiWords()
  return (
    <Paper withBorder p="md" role="status" aria-label={words.loading}>
      <Stack gap="md">
        <Skeleton height={18} width="30%" />
        {Array.from({ length: lines }, (_, index) => (
          <Skeleton key={index} height={34} width={`${88 - index * 8}%`} />
        ))}
      </Stack>
    </Paper>
  )
}
