/** The columns of the report of VPN sessions. */
import { Box, Text } from '@mantine/core'
import type { VpnSessionRow } from '@sallyport/contract'
import { RelativeTime, StatusDot, type DataColumn } from '@sallyport/ui'
import { Address, Nothing, Who } from '../../lib/reports/cells.tsx'
import { language, t } from '../../lib/words.ts'
import { causeText, durationMs, spanText, stateKinds, stateText, trafficText, whoText } from './session-words.ts'
import './page-words.ts'

/** @param nowMs when the rows came, ms since the epoch: until then those that go on have lasted */
export function vpnSessionColumns(nowMs: number): readonly DataColumn<VpnSessionRow>[] {
  return [
    { key: 'who', header: t('vpn-sessions.column.who'), cell: (row) => <Who>{whoText(row)}</Who> },
    {
      key: 'state',
      header: t('vpn-sessions.column.state'),
      width: '7.5rem',
      cell: (row) => (
        <>
          <StatusDot state={stateKinds[row.state]}>{stateText(row.state)}</StatusDot>
          {row.cause !== null && (
            <Text size="xs" c="dimmed">
              {causeText(row.cause)}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'device',
      header: t('vpn-sessions.column.device'),
      width: '11%',
      cell: (row) => <Address text={row.client.name} plain />,
    },
    {
      key: 'assigned',
      header: t('vpn-sessions.column.assigned'),
      width: '7.75rem',
      cell: (row) =>
        row.assignedAddresses.length === 0 ? <Nothing /> : <Address text={row.assignedAddresses.join(', ')} />,
    },
    {
      key: 'from',
      header: t('vpn-sessions.column.from'),
      width: '8.25rem',
      cell: (row) => (row.callingStation === null ? <Nothing /> : <Address text={row.callingStation} />),
    },
    {
      key: 'since',
      header: t('vpn-sessions.column.since'),
      width: '8rem',
      cell: (row) => <RelativeTime at={row.startedAt} locale={language()} />,
    },
    {
      key: 'duration',
      header: t('vpn-sessions.column.duration'),
      width: '5.5rem',
      align: 'end',
      cell: (row) => <OneLine text={spanText(durationMs(row, nowMs))} />,
    },
    {
      key: 'traffic',
      header: t('vpn-sessions.column.traffic'),
      width: '9.5rem',
      align: 'end',
      cell: (row) => <OneLine text={`${trafficText(row.inputOctets)} / ${trafficText(row.outputOctets)}`} />,
    },
  ]
}

function OneLine({ text }: { readonly text: string }) {
  return (
    <Box component="span" style={{ whiteSpace: 'nowrap' }}>
      {text}
    </Box>
  )
}
