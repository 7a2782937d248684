/** A reason in a report: how often, what it means, and the ways to the sign-ins and to the setting behind it. */
import { Box, ColorSwatch, Group, Text } from '@mantine/core'
import type { SignInFilter, SignInReason, SignInResult } from '@sallyport/contract'
import { StateIcon } from '@sallyport/ui'
import { TextLink } from '../links.tsx'
import { language, t } from '../words.ts'
import { roomOfReason } from './reason-settings.ts'
import { reasonInGeneral, reasonTitle, resultStates, resultText } from './sign-in-words.ts'
import './page-words.ts'

export interface ReasonRowProps {
  readonly reason: SignInReason
  readonly result: SignInResult
  readonly count: number
  /** Of all that are listed, 0 to 1. */
  readonly share: number
  /** As in the chart. */
  readonly colour: string
  /** The sign-ins that are counted. */
  readonly signIns: SignInFilter
}

export function ReasonRow({ reason, result, count, share, colour, signIns }: ReasonRowProps) {
  const setting = roomOfReason(reason)
  const { text, fix } = reasonInGeneral(reason)
  return (
    <Group component="li" align="flex-start" gap="sm" wrap="nowrap">
      <ColorSwatch
        color={`var(--mantine-color-${colour.replace('.', '-')})`}
        size={14}
        radius={3}
        mt={4}
        withShadow={false}
      />
      <Box flex={1} miw={0}>
        <Group gap="sm" justify="space-between" wrap="nowrap" align="baseline">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {reasonTitle(reason)}
          </Text>
          <Text style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
            {count.toLocaleString(language())}{' '}
            <Text span size="sm" c="dimmed">
              {share.toLocaleString(language(), { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 })}
            </Text>
          </Text>
        </Group>
        <Text size="sm" c="dimmed" maw="46rem">
          {text} {fix}
        </Text>
        <Group gap="md" mt={2} style={{ rowGap: 2 }}>
          <Group gap={5} wrap="nowrap">
            <StateIcon state={resultStates[result]} size={14} />
            <Text size="sm">{resultText(result)}</Text>
          </Group>
          <TextLink to="/reports/sign-ins" search={signIns} size="sm">
            {t('sign-ins.behind')}
          </TextLink>
          {setting !== null && (
            <TextLink {...setting.link} size="sm">
              {t(`sign-ins.about.${setting.room}`)}
            </TextLink>
          )}
        </Group>
      </Box>
    </Group>
  )
}
