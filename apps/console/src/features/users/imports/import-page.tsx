/** One file of users: what its columns are, then what would be added, row by row, then how far it is and what came of it. */
import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { api, type UserImport, type UserImportOutcome } from '@sallyport/contract'
import { ErrorPanel, LoadingPanel, Notice, Page, notifyDone, notifyFailed } from '@sallyport/ui'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { ApiProblem, urlOf } from '../../../lib/api.ts'
import { BackLink } from '../../../lib/back-link.tsx'
import { GuardedButton } from '../../../lib/guarded-button.tsx'
import { problemText } from '../../../lib/problem-text.ts'
import { useMay } from '../../../lib/session.ts'
import { StateFilter } from '../../../lib/state-filter.tsx'
import { language, t } from '../../../lib/words.ts'
import '../page-words.ts'
import { importQuery, useDiscardImport, useTakeImport, useUsersCame } from './import-data.ts'
import { ImportMapping } from './import-mapping.tsx'
import { ImportRows } from './import-rows.tsx'

const route = getRouteApi('/signed-in/shell/users/imports/$id')
const counted = (count: number) => ({ count, formatted: count.toLocaleString(language()) })

export function UserImportPage() {
  const { id } = route.useParams()
  const { data, error, refetch } = useQuery(importQuery(id))
  const back = <BackLink to="/users/imports">{t('user-imports.backToLog')}</BackLink>
  if (data === undefined) {
    const isGone = error instanceof ApiProblem && (error.code === 'not-found' || error.code === 'invalid-input')
    return (
      <Stack gap="xs">
        {back}
        {error === null ? (
          <LoadingPanel />
        ) : (
          <ErrorPanel
            title={t('user-imports.failed')}
            detail={isGone ? t('user-imports.gone') : problemText(error)}
            onRetry={() => void refetch()}
          />
        )}
      </Stack>
    )
  }
  return (
    <Stack gap="xs">
      {back}
      <Import found={data} />
    </Stack>
  )
}

function Import({ found }: { readonly found: UserImport }) {
  const { id, state, good, there } = found
  const [outcome, setOutcome] = useState<UserImportOutcome>()
  const [changing, setChanging] = useState(false)
  const { may: mayMap } = useMay(api.userImports.columns)
  const usersCame = useUsersCame()
  const before = useRef(state)
  useEffect(() => {
    if (before.current === 'importing' && state === 'done') usersCame()
    before.current = state
  }, [state, usersCame])
  const outcomes: readonly UserImportOutcome[] = [
    ...(state === 'done' ? [] : ['good' as const]),
    ...(state === 'ready' ? [] : ['taken' as const]),
    ...(there > 0 ? ['there' as const] : []),
    'refused',
  ]
  const hasRows = state === 'ready' || state === 'importing' || state === 'done'
  const mapping = mayMap && (state === 'mapping' || (state === 'ready' && changing))
  return (
    <Page
      title={found.fileName}
      {...(hasRows && {
        action: (
          <Button
            component="a"
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            href={urlOf(api.userImports.export, { id })}
            download
          >
            {t('user-imports.export')}
          </Button>
        ),
      })}
    >
      {mapping ? (
        <ImportMapping key={found.state} found={found} onChecked={() => setChanging(false)} />
      ) : (
        <Outlook found={found} />
      )}
      {(state === 'ready' || state === 'mapping') && (
        <Acts found={found} good={mapping ? null : good} onChange={changing ? undefined : () => setChanging(true)} />
      )}
      {hasRows && !mapping && (
        <>
          <Group>
            <StateFilter
              label={t('user-imports.filter')}
              choices={outcomes.map((value) => ({ value, label: t(`user-imports.filterOutcome.${value}`) }))}
              value={outcome}
              onChange={setOutcome}
            />
          </Group>
          <ImportRows id={id} outcome={outcome} state={state} />
        </>
      )}
    </Page>
  )
}

interface ActsProps {
  readonly found: UserImport
  /** Null: what the columns are is being said. */
  readonly good: number | null
  readonly onChange: (() => void) | undefined
}

function Acts({ found: { id, state }, good, onChange }: ActsProps) {
  const navigate = useNavigate()
  const take = useTakeImport(id)
  const discard = useDiscardImport(id)
  const discardIt = () =>
    discard.mutate(undefined, {
      onSuccess: () => {
        notifyDone(t('user-imports.discarded'))
        void navigate({ to: '/users' })
      },
      onError: (problem) => notifyFailed(t('user-imports.discardFailed'), problemText(problem)),
    })
  return (
    <Group gap="sm">
      {good !== null && state === 'ready' && (
        <>
          <GuardedButton
            needs={api.userImports.take}
            disabled={good === 0}
            loading={take.isPending}
            onClick={() =>
              take.mutate(undefined, {
                onError: (problem) => notifyFailed(t('user-imports.takeFailed'), problemText(problem)),
              })
            }
          >
            {t('user-imports.submit', counted(good))}
          </GuardedButton>
          <GuardedButton needs={api.userImports.check} variant="default" onClick={onChange}>
            {t('user-imports.mapping.again')}
          </GuardedButton>
        </>
      )}
      <GuardedButton needs={api.userImports.discard} variant="default" loading={discard.isPending} onClick={discardIt}>
        {t('user-imports.discard')}
      </GuardedButton>
    </Group>
  )
}

/** What will come, comes or came of the file. */
function Outlook({ found }: { readonly found: UserImport }) {
  const { state, good, taken, there, refused, checkedOctets, octets } = found
  const rest = [
    there > 0 ? t('user-imports.there', counted(there)) : '',
    refused > 0 ? t('user-imports.refused', counted(refused)) : '',
  ].join(' ')
  const progress = (value: number) => <Progress mt="xs" value={value} aria-label={t('user-imports.progress')} />
  if (state === 'uploading' || state === 'mapping') {
    return <Notice state="neutral" title={t(`user-imports.state.${state}`)} />
  }
  if (state === 'checking') {
    return (
      <Notice state="neutral" title={t('user-imports.checking')}>
        <Text size="sm">{t('user-imports.checkingText')}</Text>
        {progress((100 * checkedOctets) / Math.max(1, octets))}
      </Notice>
    )
  }
  if (state === 'importing') {
    return (
      <Notice state="neutral" title={t('user-imports.running', counted(good))}>
        <Text size="sm">{t('user-imports.runningText')}</Text>
        {progress((100 * taken) / Math.max(1, taken + good))}
      </Notice>
    )
  }
  if (state === 'done') {
    return (
      <Notice state={refused > 0 ? 'warning' : 'good'} title={t('user-imports.done', counted(taken))}>
        {rest}
      </Notice>
    )
  }
  return (
    <Notice
      state={good === 0 ? 'bad' : refused > 0 ? 'warning' : 'good'}
      title={good === 0 ? t('user-imports.nothing') : t('user-imports.ready', counted(good))}
    >
      {t('user-imports.readyText')} {rest}
    </Notice>
  )
}
