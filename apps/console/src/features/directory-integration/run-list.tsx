/** Synchronize now, and what came of it before. */
import { Group, Stack } from '@mantine/core'
import { api, type SyncRun } from '@sallyport/contract'
import { EmptyState, notifyFailed, RelativeTime, Section, StateIcon, type DataColumn } from '@sallyport/ui'
import { IconRefresh } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { GuardedButton } from '../../lib/guarded-button.tsx'
import { usePagedRows } from '../../lib/paged-rows.ts'
import { PagedTable } from '../../lib/paged-table.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { language, t } from '../../lib/words.ts'
import { runStateKind, runText } from './run-text.ts'
import { runsQuery, useStartRun } from './sync-data.ts'
import './sync-words.ts'
import './page-words.ts'

const columns = (): readonly DataColumn<SyncRun>[] => [
  {
    key: 'startedAt',
    header: t('directory-sync.runs.at'),
    width: '24%',
    cell: (run) => <RelativeTime at={run.startedAt} locale={language()} />,
  },
  {
    key: 'startedBy',
    header: t('directory-sync.runs.by'),
    width: '22%',
    cell: (run) => run.startedBy || t('directory-sync.runs.timetable'),
  },
  {
    key: 'state',
    header: t('directory-sync.runs.state'),
    cell: (run) => (
      <Group component="span" display="inline-flex" gap={6} wrap="nowrap" align="flex-start">
        <StateIcon state={runStateKind(run)} />
        <span style={{ overflowWrap: 'anywhere' }}>{runText(run)}</span>
      </Group>
    ),
  },
]

interface RunListProps {
  /** Something that is typed and not saved: a run would not go by it. */
  readonly unsaved: boolean
  /** Nobody comes from anywhere yet. */
  readonly isEmpty: boolean
}

export function RunList({ unsaved, isEmpty }: RunListProps) {
  const navigate = useNavigate()
  const paged = usePagedRows(useInfiniteQuery(runsQuery()), t('directory-sync.runs.failed'))
  const start = useStartRun()
  const open = ({ id }: SyncRun) => void navigate({ to: '/directory-integration/runs/$id', params: { id } })
  const begin = (dryRun: boolean) =>
    start.mutate(
      { dryRun, full: false },
      {
        onSuccess: open,
        onError: (problem) => notifyFailed(t('directory-sync.runs.startFailed'), problemText(problem)),
      },
    )
  return (
    <Section
      title={t('directory-sync.runs.title')}
      description={t(unsaved ? 'directory-sync.runs.saveFirst' : 'directory-sync.runs.text')}
    >
      <Stack gap="md">
        <Group gap="sm">
          <GuardedButton
            needs={api.directorySync.start}
            disabled={unsaved || isEmpty}
            loading={start.isPending}
            onClick={() => begin(false)}
          >
            {t('directory-sync.runs.now')}
          </GuardedButton>
          <GuardedButton
            needs={api.directorySync.start}
            variant="default"
            disabled={unsaved || isEmpty}
            loading={start.isPending}
            onClick={() => begin(true)}
          >
            {t('directory-sync.runs.dryRun')}
          </GuardedButton>
        </Group>
        <PagedTable
          label={t('directory-sync.runs.title')}
          columns={columns()}
          rowKey={(run) => run.id}
          paged={paged}
          onOpen={open}
          openLabel={(run) => t('directory-sync.runs.open', { at: new Date(run.startedAt).toLocaleString(language()) })}
          empty={
            <EmptyState icon={<IconRefresh size={34} stroke={1.4} />} title={t('directory-sync.runs.empty')}>
              {t('directory-sync.runs.emptyText')}
            </EmptyState>
          }
        />
      </Stack>
    </Section>
  )
}
