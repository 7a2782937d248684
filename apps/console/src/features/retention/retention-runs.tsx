/** What is being removed, how far that is, and what was removed the last times. */
import { Progress, Stack, Text } from '@mantine/core'
import type { RetentionPart, RetentionRun } from '@sallyport/contract'
import { DataTable, EmptyState, RelativeTime, StatusDot, type DataColumn, type StateKind } from '@sallyport/ui'
import { IconTrash } from '@tabler/icons-react'
import { language, t } from '../../lib/words.ts'
import { counted, dayText } from './numbers.ts'
import './page-words.ts'

export function RetentionRuns({ runs }: { readonly runs: readonly RetentionRun[] }) {
  return (
    <DataTable
      label={t('retention.lately')}
      columns={columns()}
      rows={runs}
      rowKey={({ id }) => id}
      empty={
        <EmptyState icon={<IconTrash size={34} stroke={1.4} />} title={t('retention.emptyTitle')}>
          {t('retention.emptyText')}
        </EmptyState>
      }
    />
  )
}

const stateOf = ({ finishedAt, problem, parts }: RetentionRun): readonly [StateKind, string] => {
  if (finishedAt === null) return ['neutral', 'retention.state.running']
  if (problem !== null) return ['warning', 'retention.state.early']
  return parts.some(({ state }) => state === 'held')
    ? ['warning', 'retention.state.held']
    : ['good', 'retention.state.done']
}

/** When it is shown: the words are there then. */
const columns = (): readonly DataColumn<RetentionRun>[] => [
  {
    key: 'state',
    header: t('retention.column.state'),
    width: '14rem',
    cell: (run) => {
      const [state, words] = stateOf(run)
      return <StatusDot state={state}>{t(words)}</StatusDot>
    },
  },
  {
    key: 'at',
    header: t('retention.column.at'),
    width: '10rem',
    cell: ({ startedAt }) => <RelativeTime at={startedAt} locale={language()} />,
  },
  {
    key: 'removed',
    header: t('retention.column.removed'),
    cell: (run) => (
      <Stack gap={4}>
        {run.parts.filter(isWorthSaying).map((part) => (
          <Part key={part.kind} part={part} />
        ))}
        {!run.parts.some(isWorthSaying) && <Text size="sm">{t('retention.nothing')}</Text>}
        {run.problem !== null && <Text size="sm">{t(`retention.problem.${run.problem}`)}</Text>}
      </Stack>
    ),
  },
]

function isWorthSaying({ removed, state }: RetentionPart): boolean {
  return removed > 0 || state === 'running' || state === 'held'
}

function Part({ part }: { readonly part: RetentionPart }) {
  const { kind, removed, toRemove, before, state, problem } = part
  const name = t(`retention.kind.${kind}`)
  const facts = { ...counted(removed), name, all: counted(toRemove).formatted, day: dayText(before) }
  if (problem !== null) return <Text size="sm">{t(`retention.hold.${problem}`)}</Text>
  return (
    <div>
      <Text size="sm">{t(state === 'running' ? 'retention.partRunning' : 'retention.part', facts)}</Text>
      {state === 'running' && (
        <Progress value={toRemove === 0 ? 0 : (100 * removed) / toRemove} aria-label={name} size="sm" mt={2} />
      )}
    </div>
  )
}
