/** Reports › Live view: sign-ins as they happen, standing still while somebody reads. */
import { Box, Button, Group, Select, Text } from '@mantine/core'
import { signInResult, type SignInRow } from '@sallyport/contract'
import { DataTable, EmptyState, Page, StatusDot } from '@sallyport/ui'
import { IconBroadcast, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { problemText } from '../../lib/problem-text.ts'
import { ClientChoice } from '../../lib/reports/client-choice.tsx'
import { givenOnly } from '../../lib/reports/range.ts'
import { SearchField } from '../../lib/search-field.tsx'
import { resultText, whoText } from '../../lib/sign-ins/sign-in-words.ts'
import { t } from '../../lib/words.ts'
import { signInColumns } from './columns.tsx'
import { rowsKept } from './live-rows.ts'
import type { LiveSearch } from './search.ts'
import { useLiveRows } from './use-live-rows.ts'
import '../../lib/reports/page-words.ts'
import '../../lib/sign-ins/page-words.ts'

const route = getRouteApi('/signed-in/shell/reports/live')
/** Further down than this, somebody reads. */
const scrolledPx = 120

export function LivePage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const filter = useMemo(() => givenOnly(search), [search])
  const [isHeld, setHeld] = useState(false)
  const [isOver, setOver] = useState(false)
  const isScrolled = useScrolled()
  const paused = isHeld || isOver || isScrolled
  const { rows, waiting, error, isStale, refetch } = useLiveRows(filter, paused)
  const columns = useMemo(() => signInColumns(), [])
  const open = useCallback(
    ({ id }: SignInRow) => void navigate({ to: '/reports/sign-ins/$id', params: { id } }),
    [navigate],
  )
  return (
    <Page
      title={t('sign-ins.live.title')}
      description={t('sign-ins.live.description', { count: rowsKept })}
      action={
        <Button
          variant="default"
          leftSection={isHeld ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerPause size={16} aria-hidden />}
          onClick={() => setHeld((held) => !held)}
        >
          {t(isHeld ? 'sign-ins.live.resume' : 'sign-ins.live.pause')}
        </Button>
      }
    >
      <LiveFilters
        search={search}
        onChange={(changed) => void navigate({ search: (before) => ({ ...before, ...changed }), replace: true })}
      />
      <Group gap="sm" mih="1.6em">
        <StatusDot state={isStale ? 'bad' : paused ? 'neutral' : 'good'}>
          {t(isStale ? 'sign-ins.live.lost' : paused ? 'sign-ins.live.paused' : 'sign-ins.live.running')}
        </StatusDot>
        {paused && waiting > 0 && (
          <Text size="sm" c="dimmed">
            {t('sign-ins.live.waiting', { count: waiting })}
          </Text>
        )}
      </Group>
      <Box onPointerEnter={() => setOver(true)} onPointerLeave={() => setOver(false)}>
        <DataTable
          fixedColumns
          label={t('sign-ins.live.title')}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          onOpen={open}
          openLabel={(row) => t('sign-ins.open', { who: whoText(row) })}
          failed={
            error === null
              ? undefined
              : { title: t('sign-ins.failed'), detail: problemText(error), onRetry: () => void refetch() }
          }
          empty={
            <EmptyState icon={<IconBroadcast size={34} stroke={1.4} />} title={t('sign-ins.live.empty')}>
              {t('sign-ins.live.emptyText')}
            </EmptyState>
          }
        />
      </Box>
    </Page>
  )
}

interface LiveFiltersProps {
  readonly search: LiveSearch
  readonly onChange: (changed: Partial<LiveSearch>) => void
}

function LiveFilters({ search, onChange }: LiveFiltersProps) {
  return (
    <Group gap="xs" role="search" aria-label={t('reports.filter.show')}>
      <SearchField
        label={t('reports.filter.username')}
        placeholder={t('reports.filter.usernamePlaceholder')}
        value={search.username ?? ''}
        onChange={(typed) => onChange({ username: typed === '' ? undefined : typed })}
      />
      <Select
        aria-label={t('sign-ins.filter.result')}
        placeholder={t('sign-ins.filter.anyResult')}
        w="10rem"
        clearable
        data={signInResult.options.map((value) => ({ value, label: resultText(value) }))}
        value={search.result ?? null}
        onChange={(result) => onChange({ result: result ?? undefined })}
      />
      <ClientChoice clientId={search.clientId} onChange={(clientId) => onChange({ clientId })} />
    </Group>
  )
}

/** Whether the page is scrolled down. */
function useScrolled(): boolean {
  const [isScrolled, setScrolled] = useState(false)
  useEffect(() => {
    const look = () => setScrolled(window.scrollY > scrolledPx)
    window.addEventListener('scroll', look, { passive: true })
    return () => window.removeEventListener('scroll', look)
  }, [])
  return isScrolled
}
