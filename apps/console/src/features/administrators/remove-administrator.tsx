/** Asks before an administrator goes. */
import type { AdministratorView } from '@sallyport/contract'
import { ConfirmDialog, notifyDone, notifyFailed } from '@sallyport/ui'
import { problemText } from '../../lib/problem-text.ts'
import { useSession } from '../../lib/session.ts'
import { t } from '../../lib/words.ts'
import { useRemoveAdministrator } from './mutations.ts'
import './page-words.ts'

export interface RemoveAdministratorProps {
  readonly administrator: AdministratorView
  readonly onClose: () => void
}

export function RemoveAdministrator({ administrator, onClose }: RemoveAdministratorProps) {
  const remove = useRemoveAdministrator()
  const isSelf = useSession().administrator.id === administrator.id
  const name = administrator.username
  const confirm = () =>
    remove.mutate(administrator, {
      onSuccess: () => notifyDone(t('administrators.remove.done', { name })),
      onError: (error) => notifyFailed(t('administrators.remove.failed', { name }), problemText(error)),
      onSettled: onClose,
    })
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('administrators.remove.title', { name })}
      confirmLabel={t('administrators.remove.confirm')}
      pending={remove.isPending}
      onConfirm={confirm}
    >
      {t(isSelf ? 'administrators.remove.textSelf' : 'administrators.remove.text', { name })}
    </ConfirmDialog>
  )
}
