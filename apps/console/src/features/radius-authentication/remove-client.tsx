/** Asks before a RADIUS client goes, and says what that does to the people behind it. */
import type { RadiusClientView } from '@sallyport/contract'
import { ConfirmDialog, notifyDone, notifyFailed } from '@sallyport/ui'
import { problemText } from '../../lib/problem-text.ts'
import { t } from '../../lib/words.ts'
import { clientName } from '../../lib/client-name.ts'
import { useRemoveClient } from './mutations.ts'
import './page-words.ts'

export function RemoveClient({ client, onClose }: { readonly client: RadiusClientView; readonly onClose: () => void }) {
  const remove = useRemoveClient()
  const name = clientName(client)
  const confirm = () =>
    remove.mutate(client, {
      onSuccess: () => notifyDone(t('radius-authentication.remove.done', { name })),
      onError: (error) => notifyFailed(t('radius-authentication.remove.failed', { name }), problemText(error)),
      onSettled: onClose,
    })
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('radius-authentication.remove.title', { name })}
      confirmLabel={t('radius-authentication.remove.confirm')}
      pending={remove.isPending}
      onConfirm={confirm}
    >
      {t('radius-authentication.remove.text', { address: client.address, count: client.signInsLastDay })}
    </ConfirmDialog>
  )
}
