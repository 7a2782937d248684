/** The search over everything: pages, RADIUS clients, users, a sign-in by its id. */
import { api } from '@sallyport/contract'
import { Spotlight, spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import { IconAppWindow, IconReportSearch, IconServer2, IconUser } from '@tabler/icons-react'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import '@mantine/spotlight/styles.css'
import { call } from '../lib/api.ts'
import { queryRoots } from '../lib/query-keys.ts'
import { radiusClientsQuery } from '../lib/radius-clients.ts'
import { roleMay, useSession } from '../lib/session.ts'
import { t } from '../lib/words.ts'
import { menu } from './menu.ts'
import { useSearchAsked } from './search-opened.ts'

const usersShown = 6
const signInId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export function Search() {
  const asked = useSearchAsked()
  useEffect(() => spotlight.open(), [asked])
  const [query, setQuery] = useState('')
  const actions = useActions(query.trim())
  return (
    <Spotlight
      query={query}
      onQueryChange={setQuery}
      actions={actions}
      filter={(_query, all) => all}
      shortcut={null}
      nothingFound={t('app.search.nothing')}
      searchProps={{ placeholder: t('app.search.placeholder'), 'aria-label': t('app.search.placeholder') }}
      highlightQuery={false}
      scrollable
      maxHeight={420}
    />
  )
}

function useActions(query: string): SpotlightActionGroupData[] {
  const router = useRouter()
  const { administrator } = useSession()
  const [settled] = useDebouncedValue(query, 150)
  const hasUsers = menu.some((entry) => entry.name === 'users')
  const clients = useQuery(radiusClientsQuery)
  const users = useQuery({
    queryKey: [queryRoots.users, 'search', settled],
    queryFn: ({ signal }) => call(api.users.list, { query: { search: settled, limit: usersShown } }, { signal }),
    enabled: hasUsers && settled.length > 1,
    placeholderData: keepPreviousData,
  })
  const fits = (text: string) => text.toLocaleLowerCase().includes(query.toLocaleLowerCase())
  const go = (href: string) => () => void router.navigate({ href })
  const groups: SpotlightActionGroupData[] = [
    {
      group: t('app.search.pages'),
      actions: menu
        .filter((entry) => roleMay(administrator.role, entry.needs) && fits(t(`app.menu.${entry.name}`)))
        .map((entry) => ({
          id: entry.to,
          label: t(`app.menu.${entry.name}`),
          leftSection: <IconAppWindow size={18} aria-hidden />,
          onClick: go(entry.to),
        })),
    },
    {
      group: t('app.search.clients'),
      actions: (query === '' ? [] : (clients.data?.rows ?? []))
        .filter((client) => fits(`${client.applicationName} ${client.address}`))
        .map((client) => ({
          id: client.id,
          label: client.applicationName === '' ? client.address : client.applicationName,
          description: client.address,
          leftSection: <IconServer2 size={18} aria-hidden />,
          onClick: go(`/radius-authentication?client=${client.id}`),
        })),
    },
    {
      group: t('app.search.users'),
      actions: (settled.length > 1 && query !== '' ? (users.data?.rows ?? []) : []).map((user) => ({
        id: user.id,
        label: user.username,
        description: `${user.firstName} ${user.lastName}`.trim(),
        leftSection: <IconUser size={18} aria-hidden />,
        onClick: go(`/users/${user.id}`),
      })),
    },
    {
      group: t('app.search.signIns'),
      actions:
        signInId.test(query) && menu.some((entry) => entry.name === 'sign-ins')
          ? [
              {
                id: `sign-in-${query}`,
                label: t('app.search.signIn', { id: query }),
                leftSection: <IconReportSearch size={18} aria-hidden />,
                onClick: go(`/reports/sign-ins/${query.toLowerCase()}`),
              },
            ]
          : [],
    },
  ]
  return groups.filter((group) => group.actions.length > 0)
}
