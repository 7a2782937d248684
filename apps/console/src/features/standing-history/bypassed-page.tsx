/** Reports › Bypassed: who was let in once without a second factor, by whom, why, and whether it was used. */
import { api, type BypassView } from '@sallyport/contract'
import { RelativeTime, StatusDot, type DataColumn, type StateKind } from '@sallyport/ui'
import { Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { urlOf } from '../../lib/api.ts'
import { TextLink } from '../../lib/links.tsx'
import { usePagedRows } from '../../lib/paged-rows.ts'
import { Nothing } from '../../lib/reports/cells.tsx'
import { language, t } from '../../lib/words.ts'
import { ByCell, UserCell, Why } from './cells.tsx'
import { HistoryPage } from './history-page.tsx'
import { bypassesQuery } from './queries.ts'
import { useHistory } from './use-history.ts'
import './page-words.ts'

const route = getRouteApi('/signed-in/shell/reports/bypassed')

export function BypassedPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { filter, refresh } = useHistory(search)
  const paged = usePagedRows(useInfiniteQuery(bypassesQuery(filter)), t('standing-history.failed'))
  return (
    <HistoryPage
      kind="bypassed"
      search={search}
      onChange={(changed) => void navigate({ search: (before) => ({ ...before, ...changed }), replace: true })}
      onRefresh={refresh}
      paged={paged}
      columns={columns()}
      files={{
        csv: urlOf(api.standingHistory.bypassesCsv, undefined, filter),
        json: urlOf(api.standingHistory.bypassesJson, undefined, filter),
      }}
    />
  )
}

const states: Record<BypassView['state'], StateKind> = {
  open: 'warning',
  used: 'good',
  expired: 'neutral',
  ended: 'neutral',
}

function columns(): readonly DataColumn<BypassView>[] {
  return [
    { key: 'user', header: t('standing-history.column.user'), cell: ({ user }) => <UserCell user={user} /> },
    {
      key: 'state',
      header: t('standing-history.column.state'),
      width: '9rem',
      cell: ({ state }) => <StatusDot state={states[state]}>{t(`standing-history.bypass.${state}`)}</StatusDot>,
    },
    { key: 'reason', header: t('standing-history.column.reason'), cell: ({ reason }) => <Why>{reason}</Why> },
    {
      key: 'given',
      header: t('standing-history.column.given'),
      width: '11rem',
      cell: ({ createdAt, givenBy }) => <ByCell at={createdAt} by={givenBy} />,
    },
    {
      key: 'until',
      header: t('standing-history.column.until'),
      width: '9rem',
      cell: ({ expiresAt }) => <RelativeTime at={expiresAt} locale={language()} />,
    },
    {
      key: 'used',
      header: t('standing-history.column.used'),
      width: '11rem',
      cell: ({ usedAt, signInId }) =>
        usedAt === null ? (
          <Nothing />
        ) : (
          <>
            <RelativeTime at={usedAt} locale={language()} />
            {signInId !== null && (
              <Text size="xs">
                <TextLink to="/reports/sign-ins/$id" params={{ id: signInId }}>
                  {t('standing-history.signIn')}
                </TextLink>
              </Text>
            )}
          </>
        ),
    },
  ]
}
