/** The steps of a test, one below the other: what was tried, how it went in a sentence, how long it took. */
import { Box, Group, List, Text } from '@mantine/core'
import { StateIcon } from './status-dot.tsx'
import { useUiWords } from './use-ui-words.ts'

export interface TestStepView {
  readonly heading: string
  readonly ok: boolean
  readonly message: string
  readonly durationMs: number
}

export function TestSteps({ steps }: { readonly steps: readonly TestStepView[] }) {
  const words = useUiWords()
  return (
    <List listStyleType="none" spacing="xs" withPadding={false}>
      {steps.map((step, index) => (
        <List.Item key={index} styles={{ itemWrapper: { display: 'block' }, itemLabel: { display: 'block' } }}>
          <Group gap="sm" wrap="nowrap" align="flex-start">
            <Box pt={3}>
              <StateIcon state={step.ok ? 'good' : 'bad'} size={17} />
            </Box>
            <Box flex={1} miw={0}>
              <Group justify="space-between" gap="xs" wrap="nowrap">
                <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
                  <span className="ui-visually-hidden">{step.ok ? words.stepOk : words.stepFailed}: </span>
                  {step.heading}
                </Text>
                <Text size="xs" c="dimmed" ff="monospace" style={{ whiteSpace: 'nowrap' }}>
                  {durationText(step.durationMs)}
                </Text>
              </Group>
              <Text size="sm" {...(step.ok && { c: 'dimmed' })} style={{ overflowWrap: 'anywhere' }}>
                {step.message}
              </Text>
            </Box>
          </Group>
        </List.Item>
      ))}
    </List>
  )
}

/** A duration as people read it: whole milliseconds up to a second, then seconds with one decimal. */
export function durationText(durationMs: number): string {
  if (durationMs < 1) return '<1 ms'
  return durationMs < 1000 ? `${Math.round(durationMs)} ms` : `${(durationMs / 1000).toFixed(1)} s`
}
