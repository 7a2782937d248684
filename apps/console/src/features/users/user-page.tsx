/** One user: what stands in the way of their sign-in, their fields, how they are asked, their tokens, their last sign-ins. */
import { Stack } from '@mantine/core'
import { ErrorPanel, LoadingPanel, Page } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { BackLink } from '../../lib/back-link.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { fullName } from '../../lib/users/user-names.ts'
import { userQuery } from '../../lib/users/queries.ts'
import { t } from '../../lib/words.ts'
import { AddMobileApp } from './add-mobile-app.tsx'
import { EnrolmentLink } from './enrolment-link.tsx'
import { NextAction } from './next-action.tsx'
import { UserActions } from './user-actions.tsx'
import { UserDetails } from './user-details.tsx'
import { UserFallback } from './user-fallback.tsx'
import { UserHistory } from './user-history.tsx'
import { UserMethods } from './user-methods.tsx'
import { UserPassword } from './user-password.tsx'
import { UserPending } from './user-pending.tsx'
import { UserPin } from './user-pin.tsx'
import { UserSignIns } from './user-sign-ins.tsx'
import { UserStanding } from './user-standing.tsx'
import { UserTokens } from './user-tokens.tsx'
import './page-words.ts'

const route = getRouteApi('/signed-in/shell/users/$id')

export function UserPage() {
  const { id } = route.useParams()
  const { data: user, error, refetch } = useQuery(userQuery(id))
  return (
    <Stack gap="xs">
      <BackLink to="/users">{t('users.title')}</BackLink>
      {user === undefined && error === null && <LoadingPanel />}
      {user === undefined && error !== null && (
        <ErrorPanel title={t('users.oneFailed')} detail={problemText(error)} onRetry={() => void refetch()} />
      )}
      {user !== undefined && (
        <Page
          key={user.id}
          title={user.username}
          {...(fullName(user) !== '' && { description: fullName(user) })}
          action={<UserActions user={user} />}
          width="reading"
        >
          <NextAction user={user} />
          <UserStanding user={user} />
          <UserPending user={user} />
          <UserDetails user={user} />
          <UserMethods user={user} />
          <UserPin user={user} />
          <UserTokens user={user} />
          <AddMobileApp user={user} />
          <EnrolmentLink user={user} />
          <UserFallback user={user} />
          <UserPassword user={user} />
          <UserSignIns user={user} />
          <UserHistory user={user} />
        </Page>
      )}
    </Stack>
  )
}
