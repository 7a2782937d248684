/** Asks before a token and its secret go, and says who loses it. */
import type { TokenView } from '@sallyport/contract'
import { ConfirmDialog, notifyDone, notifyFailed } from '@sallyport/ui'
import { useRemoveToken } from '../../lib/oath-tokens/mutations.ts'
import { problemText } from '../../lib/problem-text.ts'
import { t } from '../../lib/words.ts'
import '../../lib/oath-tokens/page-words.ts'

export function RemoveToken({ token, onClose }: { readonly token: TokenView; readonly onClose: () => void }) {
  const remove = useRemoveToken()
  const { serialNumber, user } = token
  const confirm = () =>
    remove.mutate(token, {
      onSuccess: () => notifyDone(t('oath-tokens.remove.done', { serialNumber })),
      onError: (error) => notifyFailed(t('oath-tokens.remove.failed', { serialNumber }), problemText(error)),
      onSettled: onClose,
    })
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('oath-tokens.remove.title', { serialNumber })}
      confirmLabel={t('oath-tokens.remove.confirm')}
      pending={remove.isPending}
      onConfirm={confirm}
    >
      {user === null ? t('oath-tokens.remove.text') : t('oath-tokens.remove.textUser', { name: user.username })}
    </ConfirmDialog>
  )
}
