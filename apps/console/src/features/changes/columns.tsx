/** The columns of the audit trail. */
import { Text } from '@mantine/core'
import type { AuditEntryView } from '@sallyport/contract'
import { RelativeTime, type DataColumn } from '@sallyport/ui'
import { language, t } from '../../lib/words.ts'
import { changeText, fieldChanges, fieldName } from './change-words.ts'
import './page-words.ts'

export const changeColumns = (): readonly DataColumn<AuditEntryView>[] => [
  {
    key: 'what',
    header: t('changes.column.what'),
    width: '36%',
    cell: (entry) => (
      <Text component="span" size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
        {changeText(entry)}
      </Text>
    ),
  },
  {
    key: 'fields',
    header: t('changes.column.fields'),
    cell: (entry) => (
      <Text component="span" size="sm" c="dimmed" lineClamp={1}>
        {fieldChanges(entry)
          .map(({ name }) => fieldName(name))
          .join(', ')}
      </Text>
    ),
    wideOnly: true,
  },
  {
    key: 'who',
    header: t('changes.column.who'),
    width: '12%',
    cell: (entry) => <span style={{ overflowWrap: 'anywhere' }}>{entry.administrator}</span>,
  },
  {
    key: 'address',
    header: t('changes.column.address'),
    width: '9rem',
    cell: (entry) => (
      <Text component="span" ff="monospace" fz="0.93em" style={{ overflowWrap: 'anywhere' }}>
        {entry.address ?? '–'}
      </Text>
    ),
  },
  {
    key: 'at',
    header: t('changes.column.at'),
    width: '9rem',
    cell: (entry) => <RelativeTime at={entry.at} locale={language()} />,
  },
]
