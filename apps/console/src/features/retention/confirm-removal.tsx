/** Says what goes at once by what is about to be saved: of which kind, how many, and of which time. */
import { Stack, Table } from '@mantine/core'
import type { RetentionDays, RetentionPreview } from '@sallyport/contract'
import { ConfirmDialog } from '@sallyport/ui'
import { t } from '../../lib/words.ts'
import { counted, momentText } from './numbers.ts'
import './page-words.ts'

export interface ConfirmRemovalProps {
  readonly preview: RetentionPreview
  readonly days: RetentionDays
  readonly pending: boolean
  readonly onClose: () => void
  readonly onConfirm: () => void
}

export function ConfirmRemoval({ preview: { removes }, days, pending, onClose, onConfirm }: ConfirmRemovalProps) {
  const total = removes.reduce((sum, { rows }) => sum + rows, 0)
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={total === 0 ? t('retention.confirmNothing') : t('retention.confirm', counted(total))}
      confirmLabel={total === 0 ? t('retention.save') : t('retention.confirmButton')}
      pending={pending}
      onConfirm={onConfirm}
    >
      <Stack gap="sm">
        {removes.length > 0 && (
          <Table aria-label={t('retention.goes')} verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('retention.column.kind')}</Table.Th>
                <Table.Th ta="end">{t('retention.column.rows')}</Table.Th>
                <Table.Th>{t('retention.column.period')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {removes.map(({ kind, rows, oldestAt, before }) => (
                <Table.Tr key={kind}>
                  <Table.Th scope="row" fw={500}>
                    {t(`retention.kind.${kind}`)}
                  </Table.Th>
                  <Table.Td ta="end" style={{ fontVariantNumeric: 'tabular-nums' }}>
                    {counted(rows).formatted}
                  </Table.Td>
                  <Table.Td>{t('retention.period', { from: momentText(oldestAt), to: momentText(before) })}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        <div>{t(total === 0 ? 'retention.nothingGoes' : 'retention.forGood')}</div>
        {removes.some(({ kind }) => kind === 'sign-ins') && days['usage-counts'] === null && (
          <div>{t('retention.countsStay')}</div>
        )}
      </Stack>
    </ConfirmDialog>
  )
}
