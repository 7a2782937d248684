/** The time that the report looks at: a preset, or exact times. */
import { Group, Select, Text } from '@mantine/core'
import { DatesProvider, DateTimePicker } from '@mantine/dates'
import '@mantine/dates/styles.css'
import dayjs from 'dayjs'
import 'dayjs/locale/de'
import { language, t } from '../words.ts'
import { presets, rangeOf, type RangeSearch } from './range.ts'
import './page-words.ts'

interface RangeFilterProps {
  readonly search: RangeSearch
  readonly onChange: (changed: Partial<RangeSearch>) => void
}

const dayMs = 86_400_000
const localFormat = 'YYYY-MM-DD HH:mm:ss'

function Preset({ search, onChange }: RangeFilterProps) {
  return (
    <Select
      aria-label={t('reports.filter.range')}
      w="9.5rem"
      allowDeselect={false}
      data={[...presets, 'custom'].map((value) => ({ value, label: t(`reports.range.${value}`) }))}
      value={rangeOf(search)}
      onChange={(value) => {
        const preset = presets.find((known) => known === value)
        if (preset !== undefined) onChange({ range: preset, from: undefined, to: undefined })
        else onChange({ range: undefined, from: new Date(Date.now() - dayMs).toISOString() })
      }}
    />
  )
}

function Exact({ search, onChange }: RangeFilterProps) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <DatesProvider settings={{ locale: language() }}>
      <Group gap="xs" align="center">
        <Moment
          label={t('reports.filter.from')}
          placeholder={t('reports.filter.fromAbsent')}
          at={search.from}
          onChange={(from) => onChange({ from })}
        />
        <Moment
          label={t('reports.filter.to')}
          placeholder={t('reports.filter.toAbsent')}
          at={search.to}
          onChange={(to) => onChange({ to })}
        />
        <Text size="xs" c="dimmed">
          {t('reports.filter.zone', { zone })}
        </Text>
      </Group>
    </DatesProvider>
  )
}

/** A moment in the computer's own time; the address keeps it in UTC. */
function Moment(props: {
  readonly label: string
  /** What no moment means. */
  readonly placeholder: string
  readonly at: string | undefined
  readonly onChange: (at: string | undefined) => void
}) {
  const { label, placeholder, at, onChange } = props
  return (
    <DateTimePicker
      aria-label={label}
      placeholder={placeholder}
      // Red weekends and pale days of other months are too faint to read.
      weekendDays={[]}
      hideOutsideDates
      leftSection={
        <Text size="xs" c="dimmed">
          {label}
        </Text>
      }
      leftSectionWidth={48}
      leftSectionPointerEvents="none"
      valueFormat={localFormat}
      withSeconds
      clearable
      w="16rem"
      value={at === undefined ? null : dayjs(at).format(localFormat)}
      onChange={(local) => onChange(local === null ? undefined : dayjs(local).toISOString())}
    />
  )
}

export const RangeFilter = { Preset, Exact }
