/** Choices as cards, each with a sentence of what it means; those that cannot be chosen say why. */
import { Box, Group, Radio, Stack, Text } from '@mantine/core'
import classes from './radio-cards.module.css'

export interface RadioCardChoice {
  readonly value: string
  readonly label: string
  readonly description: string
  /** Why it cannot be chosen; absent: it can. */
  readonly unavailable?: string | undefined
}

export interface RadioCardsProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly choices: readonly RadioCardChoice[]
  readonly readOnly?: boolean
  /** In a dialog: the chosen card has the focus when it opens. */
  readonly autoFocus?: boolean
}

export function RadioCards({ label, value, onChange, choices, readOnly = false, autoFocus = false }: RadioCardsProps) {
  return (
    <Radio.Group label={label} value={value} onChange={onChange}>
      <Stack gap="xs" mt={6}>
        {choices.map((choice) => (
          <Radio.Card
            key={choice.value}
            className={classes['card'] ?? ''}
            value={choice.value}
            disabled={choice.unavailable !== undefined || readOnly}
            p="sm"
            {...(autoFocus && choice.value === value && { 'data-autofocus': true })}
          >
            <Group wrap="nowrap" align="flex-start" gap="sm">
              <Radio.Indicator mt={2} />
              <Box>
                <Text fw={600} size="sm">
                  {choice.label}
                </Text>
                <Text size="sm" c="dimmed">
                  {choice.description}
                </Text>
                {choice.unavailable !== undefined && (
                  <Text size="sm" mt={2}>
                    {choice.unavailable}
                  </Text>
                )}
              </Box>
            </Group>
          </Radio.Card>
        ))}
      </Stack>
    </Radio.Group>
  )
}
