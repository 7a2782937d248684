/** Says that wrong codes have locked a user's second factor, until when, and unlocks it. */
import { api, type UserView } from '@sallyport/contract'
import { Notice, notifyDone, notifyFailed, RelativeTime } from '@sallyport/ui'
import { GuardedButton } from '../../lib/guarded-button.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { language, t } from '../../lib/words.ts'
import { useUnlockFactor } from './mutations.ts'
import './page-words.ts'

export function FactorLock({ user }: { readonly user: UserView }) {
  const unlock = useUnlockFactor()
  if (user.factorLockedUntil === null) return null
  const name = user.username
  return (
    <Notice
      state="warning"
      role="status"
      title={t('users.lock.title')}
      action={
        <GuardedButton
          needs={api.users.unlockFactor}
          variant="default"
          loading={unlock.isPending}
          onClick={() =>
            unlock.mutate(user.id, {
              onSuccess: () => notifyDone(t('users.lock.done', { name })),
              onError: (error) => notifyFailed(t('users.lock.failed', { name }), problemText(error)),
            })
          }
        >
          {t('users.lock.unlock')}
        </GuardedButton>
      }
    >
      {t('users.lock.text')} <RelativeTime at={user.factorLockedUntil} locale={language()} />.
    </Notice>
  )
}
