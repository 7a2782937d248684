/** The columns of the sign-in report. */
import { Box, Text, Tooltip } from '@mantine/core'
import type { SignInRow } from '@sallyport/contract'
import { RelativeTime, type DataColumn } from '@sallyport/ui'
import { durationText } from '../../lib/duration-text.ts'
import { Address, Nothing, Who } from '../../lib/reports/cells.tsx'
import { clientText, reasonText, reasonTitle, whoText } from '../../lib/sign-ins/sign-in-words.ts'
import { TestBadge } from '../../lib/sign-ins/test-badge.tsx'
import { Verdict } from '../../lib/sign-ins/verdict.tsx'
import { language, t } from '../../lib/words.ts'
import '../../lib/sign-ins/page-words.ts'

export function signInColumns(): readonly DataColumn<SignInRow>[] {
  return [
    {
      key: 'who',
      header: t('sign-ins.column.who'),
      cell: (row) => (
        <Who>
          {whoText(row)}
          {row.test && <TestBadge />}
        </Who>
      ),
    },
    {
      key: 'result',
      header: t('sign-ins.column.result'),
      width: '10.75rem',
      cell: (row) => <Verdict result={row.result} />,
    },
    {
      key: 'reason',
      header: t('sign-ins.column.reason'),
      width: '20%',
      cell: (row) => (
        <>
          <Tooltip label={reasonText(row)} multiline maw="22rem" openDelay={400}>
            <span>{reasonTitle(row.reason)}</span>
          </Tooltip>
          {row.count > 1 && (
            <Text component="span" size="xs" c="dimmed">
              {' '}
              · {t('sign-ins.times', { count: row.count.toLocaleString(language()) })}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'client',
      header: t('sign-ins.column.client'),
      width: '15%',
      cell: (row) => <Address text={clientText(row)} plain={row.client !== null} />,
    },
    {
      key: 'from',
      header: t('sign-ins.column.from'),
      width: '8.25rem',
      cell: (row) => (row.callingStation === null ? <Nothing /> : <Address text={row.callingStation} />),
    },
    {
      key: 'at',
      header: t('sign-ins.column.at'),
      width: '8.5rem',
      cell: (row) => <RelativeTime at={row.at} locale={language()} />,
    },
    {
      key: 'duration',
      header: t('sign-ins.column.duration'),
      width: '5rem',
      align: 'end',
      wideOnly: true,
      cell: (row) => (
        <Box component="span" style={{ whiteSpace: 'nowrap' }}>
          {durationText(row.durationMs)}
        </Box>
      ),
    },
  ]
}
