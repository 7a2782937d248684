/** What to do first about a user, with its button: what keeps them out goes before what will. */
import { api, type UserView } from '@sallyport/contract'
import { Notice, RelativeTime } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { GuardedButton } from '../../lib/guarded-button.tsx'
import { language, t } from '../../lib/words.ts'
import { useEnrolmentLink } from './enrolment-link.tsx'
import { FactorLock } from './factor-lock.tsx'
import { standingQuery } from './standing-query.ts'
import { useDoing } from './use-doing.ts'
import './page-words.ts'

/** Nothing where nothing has to be done. Being disabled is said by the switch above. */
export function NextAction({ user }: { readonly user: UserView }) {
  const { data } = useQuery(standingQuery(user.id))
  if (user.block !== null) return <Blocked user={user} until={user.block.until} />
  if (!user.enabled) return null
  if (user.factorLockedUntil !== null) return <FactorLock user={user} />
  if (data?.next.kind === 'nothing-usable') return <NoFactor user={user} />
  if (data?.pin?.expired === true) {
    return <Notice state="warning" role="status" title={t('users.next.pinExpired')} />
  }
  if (data?.pin?.mustChange === true) return <Notice state="neutral" title={t('users.next.pin')} />
  return null
}

function Blocked({ user, until }: { readonly user: UserView; readonly until: string | null }) {
  const { id, username: name } = user
  const unblock = useDoing(() => call(api.people.unblock, { params: { id } }), t('users.standing.unblocked', { name }))
  return (
    <Notice
      state="bad"
      role="status"
      title={t(until === null ? 'users.next.blocked' : 'users.next.blockedUntil')}
      action={
        <GuardedButton
          needs={api.people.unblock}
          variant="default"
          loading={unblock.isPending}
          onClick={() => unblock.mutate(undefined)}
        >
          {t('users.standing.unblock')}
        </GuardedButton>
      }
    >
      {until !== null && (
        <>
          {t('users.standing.until')} <RelativeTime at={until} locale={language()} />.
        </>
      )}
    </Notice>
  )
}

function NoFactor({ user }: { readonly user: UserView }) {
  const { make, isPending, shown } = useEnrolmentLink(user)
  return (
    <Notice
      state="warning"
      role="status"
      title={t('users.next.noFactor')}
      action={
        <GuardedButton needs={api.portalAdministration.createLink} loading={isPending} onClick={make}>
          {t('users.next.sendLink')}
        </GuardedButton>
      }
    >
      {t('users.next.noFactorText')}
      {shown}
    </Notice>
  )
}
