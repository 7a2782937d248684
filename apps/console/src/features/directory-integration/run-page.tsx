/** One run of the synchronization: how far it is, what it asks, and what it comes to, person by person. */
import { Button, Group, Progress, Stack } from '@mantine/core'
import { api, syncAction, type SyncAction, type SyncRun } from '@sallyport/contract'
import { ErrorPanel, LoadingPanel, Notice, notifyFailed, Page } from '@sallyport/ui'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { urlOf } from '../../lib/api.ts'
import { BackLink } from '../../lib/back-link.tsx'
import { GuardedButton } from '../../lib/guarded-button.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { StateFilter } from '../../lib/state-filter.tsx'
import { language, t } from '../../lib/words.ts'
import { RunApproval } from './run-approval.tsx'
import { RunRows } from './run-rows.tsx'
import { runStateKind, runText, toDo } from './run-text.ts'
import { isUnderWay, runQuery, useCancelRun } from './sync-data.ts'
import './sync-words.ts'
import './page-words.ts'

const route = getRouteApi('/signed-in/shell/directory-integration/runs/$id')

/** By action, the count of a run that tells how many there are. */
const countOf: Readonly<Record<SyncAction, keyof SyncRun>> = {
  ...{ remove: 'removed', disable: 'disabled', enable: 'enabled', change: 'changed', add: 'added' },
  ...{ adopt: 'adopted', refuse: 'refused' },
}

export function RunPage() {
  const { id } = route.useParams()
  const { data, error, refetch } = useQuery(runQuery(id))
  return (
    <Stack gap="xs">
      <BackLink to="/directory-integration" search={{ tab: 'synchronization' }}>
        {t('directory-sync.run.back')}
      </BackLink>
      {data !== undefined && <Run run={data} />}
      {data === undefined && error === null && <LoadingPanel />}
      {data === undefined && error !== null && (
        <ErrorPanel title={t('directory-sync.run.failed')} detail={problemText(error)} onRetry={() => void refetch()} />
      )}
    </Stack>
  )
}

function Run({ run }: { readonly run: SyncRun }) {
  const { id, state } = run
  const [action, setAction] = useState<SyncAction>()
  const cancel = useCancelRun(id)
  const present = syncAction.options.filter((each) => Number(run[countOf[each]]) > 0)
  return (
    <Page
      title={t('directory-sync.run.title', { at: new Date(run.startedAt).toLocaleString(language()) })}
      description={[
        t(`directory-sync.run.${run.kind}`),
        ...(run.dryRun ? [t('directory-sync.run.dry')] : []),
        run.server,
      ]
        .filter((text) => text !== '')
        .join(' · ')}
      action={
        <Button
          component="a"
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          href={urlOf(api.directorySync.export, { id })}
          download
        >
          {t('directory-sync.run.export')}
        </Button>
      }
    >
      <Notice state={runStateKind(run)} role="status" title={runText(run)}>
        {state === 'applying' && (
          <Progress
            mt="xs"
            value={(100 * (run.applied + run.skipped)) / Math.max(1, toDo(run))}
            aria-label={t('directory-sync.run.progress')}
          />
        )}
      </Notice>
      {state === 'waiting' && <RunApproval run={run} />}
      {isUnderWay(state) && (
        <Group>
          <GuardedButton
            needs={api.directorySync.cancel}
            variant="default"
            loading={cancel.isPending}
            onClick={() =>
              cancel.mutate(undefined, {
                onError: (problem) => notifyFailed(t('directory-sync.run.cancelFailed'), problemText(problem)),
              })
            }
          >
            {t('directory-sync.run.cancel')}
          </GuardedButton>
        </Group>
      )}
      {present.length > 1 && (
        <Group>
          <StateFilter
            label={t('directory-sync.run.filter')}
            choices={present.map((value) => ({ value, label: t(`directory-sync.action.${value}`) }))}
            value={action}
            onChange={setAction}
          />
        </Group>
      )}
      <RunRows id={id} action={action} state={state} />
    </Page>
  )
}
