/** Reports › Denials: who was not let in, by reason and over time. */
import { Box, Button, Group, Paper, Text } from '@mantine/core'
import { api } from '@sallyport/contract'
import { EmptyState, ErrorPanel, LoadingPanel, Page } from '@sallyport/ui'
import { IconRefresh, IconShieldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { urlOf } from '../../lib/api.ts'
import { problemText } from '../../lib/problem-text.ts'
import { ExportMenu } from '../../lib/reports/export-menu.tsx'
import { givenOnly, rangeOf, timesOf, type RangeSearch } from '../../lib/reports/range.ts'
import { RangeFilter } from '../../lib/reports/range-filter.tsx'
import { language, t } from '../../lib/words.ts'
import { sumsOf } from './denial-figures.ts'
import { DenialSections } from './denial-sections.tsx'
import { denialsQuery } from './queries.ts'
import './page-words.ts'

const route = getRouteApi('/signed-in/shell/reports/denials')

export function DenialsPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [nowMs, setNowMs] = useState(() => Date.now())
  const times = useMemo(
    () => givenOnly({ ...timesOf(search, nowMs), zone: Intl.DateTimeFormat().resolvedOptions().timeZone }),
    [search, nowMs],
  )
  const { data, error, refetch, isFetching } = useQuery(denialsQuery(times))
  const change = (changed: Partial<RangeSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...changed }), replace: true })
  const refresh = () => {
    setNowMs(Date.now())
    if (rangeOf(search) === 'all' || rangeOf(search) === 'custom') void refetch()
  }
  return (
    <Page
      title={t('denials.title')}
      description={t('denials.description')}
      action={
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} aria-hidden />}
            loading={isFetching && data !== undefined}
            onClick={refresh}
          >
            {t('lists.refresh')}
          </Button>
          <ExportMenu
            csv={urlOf(api.denials.exportCsv, undefined, times)}
            json={urlOf(api.denials.exportJson, undefined, times)}
          />
        </Group>
      }
    >
      <Box role="search" aria-label={t('reports.filter.range')}>
        <Group gap="xs">
          <RangeFilter.Preset search={search} onChange={change} />
          {rangeOf(search) === 'custom' && <RangeFilter.Exact search={search} onChange={change} />}
        </Group>
      </Box>
      {data === undefined ? (
        error === null ? (
          <LoadingPanel />
        ) : (
          <ErrorPanel title={t('denials.failed')} detail={problemText(error)} onRetry={() => void refetch()} />
        )
      ) : sumsOf(data.slices).denied === 0 ? (
        <Paper withBorder>
          <EmptyState
            icon={<IconShieldCheck size={34} stroke={1.4} />}
            title={t('denials.empty.title')}
            action={
              rangeOf(search) !== 'all' && (
                <Button variant="default" onClick={() => change({ range: 'all', from: undefined, to: undefined })}>
                  {t('denials.empty.allTime')}
                </Button>
              )
            }
          >
            <Accepted count={sumsOf(data.slices).accepted} />
          </EmptyState>
        </Paper>
      ) : (
        <DenialSections view={data} />
      )}
    </Page>
  )
}

function Accepted({ count }: { readonly count: number }) {
  return (
    <Text span inherit>
      {count === 0
        ? t('denials.empty.nobody')
        : t('denials.empty.accepted', { count, formatted: count.toLocaleString(language()) })}
    </Text>
  )
}
