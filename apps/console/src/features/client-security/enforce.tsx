/** Asks before a measure is enforced, and says what it will do. */
import { requestsToProve, type ClientMeasure, type ClientSecurityRow } from '@sallyport/contract'
import { ConfirmDialog, notifyDone, notifyFailed } from '@sallyport/ui'
import { problemText } from '../../lib/problem-text.ts'
import { t } from '../../lib/words.ts'
import { useEnforce } from './client-security-data.ts'
import './page-words.ts'

export interface Offer {
  readonly row: ClientSecurityRow
  readonly measure: ClientMeasure
}

export function Enforce({ offer: { row, measure }, onClose }: { readonly offer: Offer; readonly onClose: () => void }) {
  const enforce = useEnforce(row)
  const { name } = row.client
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t(`client-security.measure.${measure}.question`, { name })}
      confirmLabel={t(`client-security.measure.${measure}.button`)}
      pending={enforce.isPending}
      onConfirm={() =>
        enforce.mutate(measure, {
          onSuccess: () => notifyDone(t(`client-security.measure.${measure}.done`, { name })),
          onError: (error) => notifyFailed(t('client-security.notDone', { name }), problemText(error)),
          onSettled: onClose,
        })
      }
    >
      {t(`client-security.measure.${measure}.text`, { name, count: requestsToProve })}
    </ConfirmDialog>
  )
}
