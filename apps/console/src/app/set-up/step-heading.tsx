/** The heading of a step: what is done here, and why. */
import { Box, Text, Title } from '@mantine/core'

export function StepHeading({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <Box>
      <Title order={2}>{title}</Title>
      <Text c="dimmed" size="sm">
        {text}
      </Text>
    </Box>
  )
}
