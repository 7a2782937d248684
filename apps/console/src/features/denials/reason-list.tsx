/** The reasons of a time: how often each, what it means, and the ways to the sign-ins and to the setting behind it. */
import { Box, ColorSwatch, Group, Stack, Text } from '@mantine/core'
import type { DenialCount } from '@sallyport/contract'
import { StateIcon } from '@sallyport/ui'
import { TextLink } from '../../lib/links.tsx'
import { roomOfReason } from '../../lib/sign-ins/reason-settings.ts'
import { reasonInGeneral, reasonTitle, resultStates, resultText } from '../../lib/sign-ins/sign-in-words.ts'
import { language, t } from '../../lib/words.ts'
import { colourOfOthers, signInsOf, type ChartSeries, type DenialSums } from './denial-figures.ts'
import '../../lib/sign-ins/page-words.ts'
import './page-words.ts'

export interface ReasonListProps {
  readonly sums: DenialSums
  readonly series: readonly ChartSeries[]
  /** The time that was counted. */
  readonly bounds: { readonly from: string; readonly to: string }
}

export function ReasonList({ sums, series, bounds }: ReasonListProps) {
  return (
    <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
      {sums.denials.map((denial) => (
        <Reason
          key={`${denial.result} ${denial.reason}`}
          denial={denial}
          share={denial.count / sums.denied}
          colour={series.find(({ name }) => name === denial.reason)?.colour ?? colourOfOthers}
          bounds={bounds}
        />
      ))}
    </Stack>
  )
}

interface ReasonProps extends Pick<ReasonListProps, 'bounds'> {
  readonly denial: DenialCount
  readonly share: number
  readonly colour: string
}

function Reason({ denial, share, colour, bounds }: ReasonProps) {
  const { reason, result, count } = denial
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
          <TextLink to="/reports/sign-ins" search={signInsOf(bounds, denial)} size="sm">
            {t('denials.signIns')}
          </TextLink>
          {setting !== null && (
            <TextLink {...setting.link} size="sm">
              {t(`denials.about.${setting.room}`)}
            </TextLink>
          )}
        </Group>
      </Box>
    </Group>
  )
}
