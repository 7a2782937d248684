/** The button that cancels the sign-in of somebody who is being asked. */
import { api, type PendingView } from '@sallyport/contract'
import { GuardedButton } from '../guarded-button.tsx'
import { t } from '../words.ts'
import { useCancelPending } from './pending-data.ts'
import './page-words.ts'

export function CancelPending({ row }: { readonly row: PendingView }) {
  const cancel = useCancelPending(row)
  return (
    <GuardedButton
      needs={api.pending.cancel}
      variant="default"
      size="xs"
      aria-label={t('pending.cancelOf', { name: row.user.username })}
      loading={cancel.isPending}
      onClick={() => cancel.mutate()}
    >
      {t('pending.cancel')}
    </GuardedButton>
  )
}
