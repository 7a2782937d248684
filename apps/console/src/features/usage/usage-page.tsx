/** Reports › Usage: how much is used, over time and by user, application and method. */
import { Button, Group, Tabs } from '@mantine/core'
import { api } from '@sallyport/contract'
import { Page } from '@sallyport/ui'
import { IconRefresh } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { urlOf } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'
import { ExportMenu } from '../../lib/reports/export-menu.tsx'
import { t } from '../../lib/words.ts'
import { usageQueryOf, usageTabs, usersQueryOf, type UsageSearch } from './search.ts'
import { UsageFilters } from './usage-filters.tsx'
import { UsageOverTime } from './usage-over-time.tsx'
import { UserUsageList } from './user-usage-list.tsx'
import './page-words.ts'

const route = getRouteApi('/signed-in/shell/reports/usage')

export function UsagePage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const queryClient = useQueryClient()
  const [nowMs, setNowMs] = useState(() => Date.now())
  const tab = search.by ?? 'result'
  const change = (changed: Partial<UsageSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...changed }), replace: true })
  const refresh = () => {
    setNowMs(Date.now())
    void queryClient.invalidateQueries({ queryKey: [queryRoots.usage] })
  }
  return (
    <Page
      title={t('usage.title')}
      description={t('usage.description')}
      action={
        <Group gap="xs">
          <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={refresh}>
            {t('lists.refresh')}
          </Button>
          <Export search={search} nowMs={nowMs} />
        </Group>
      }
    >
      <Tabs
        value={tab}
        onChange={(value) => {
          const by = usageTabs.find((known) => known === value)
          change({ by: by === 'result' ? undefined : by })
        }}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {usageTabs.map((value) => (
            <Tabs.Tab key={value} value={value}>
              {t(`usage.tab.${value}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <UsageFilters search={search} onChange={change} />
        {usageTabs.map((value) => (
          <Tabs.Panel key={value} value={value} pt="md">
            {value === 'user' ? (
              <UserUsageList search={search} nowMs={nowMs} onChange={change} />
            ) : (
              <UsageOverTime search={search} nowMs={nowMs} onChange={change} />
            )}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  )
}

function Export({ search, nowMs }: { readonly search: UsageSearch; readonly nowMs: number }) {
  if (search.by === 'user') {
    const users = usersQueryOf(search, nowMs)
    return (
      <ExportMenu
        csv={urlOf(api.usage.exportUsersCsv, undefined, users)}
        json={urlOf(api.usage.exportUsersJson, undefined, users)}
      />
    )
  }
  const query = usageQueryOf(search, nowMs)
  return (
    <ExportMenu
      csv={urlOf(api.usage.exportCsv, undefined, query)}
      json={urlOf(api.usage.exportJson, undefined, query)}
    />
  )
}
