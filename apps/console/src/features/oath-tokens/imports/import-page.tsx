/** One file of tokens: what would be taken of it, row by row, then how far it is, then what came of it. */
import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { api, type ImportOutcome, type TokenImport } from '@sallyport/contract'
import { ErrorPanel, LoadingPanel, Notice, Page, notifyDone, notifyFailed } from '@sallyport/ui'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiProblem, urlOf } from '../../../lib/api.ts'
import { BackLink } from '../../../lib/back-link.tsx'
import { GuardedButton } from '../../../lib/guarded-button.tsx'
import { problemText } from '../../../lib/problem-text.ts'
import { StateFilter } from '../../../lib/state-filter.tsx'
import { language, t } from '../../../lib/words.ts'
import { importQuery, useDiscardImport, useTakeImport } from './import-data.ts'
import { ImportRows } from './import-rows.tsx'
import './import-words.ts'

const route = getRouteApi('/signed-in/shell/oath-tokens/imports/$id')
const counted = (count: number) => ({ count, formatted: count.toLocaleString(language()) })

export function ImportPage() {
  const { id } = route.useParams()
  const { data, error, refetch } = useQuery(importQuery(id))
  const back = <BackLink to="/oath-tokens/imports">{t('oath-imports.backToLog')}</BackLink>
  if (data === undefined) {
    const isGone = error instanceof ApiProblem && (error.code === 'not-found' || error.code === 'invalid-input')
    return (
      <Stack gap="xs">
        {back}
        {error === null ? (
          <LoadingPanel />
        ) : (
          <ErrorPanel
            title={t('oath-imports.failed')}
            detail={isGone ? t('oath-imports.gone') : problemText(error)}
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

function Import({ found }: { readonly found: TokenImport }) {
  const { id, state, good } = found
  const navigate = useNavigate()
  const [outcome, setOutcome] = useState<ImportOutcome>()
  const take = useTakeImport(id)
  const discard = useDiscardImport(id)
  const discardIt = () =>
    discard.mutate(undefined, {
      onSuccess: () => {
        notifyDone(t('oath-imports.discarded'))
        void navigate({ to: '/oath-tokens' })
      },
      onError: (problem) => notifyFailed(t('oath-imports.discardFailed'), problemText(problem)),
    })
  const outcomes: readonly ImportOutcome[] = [
    ...(state === 'done' ? [] : ['good' as const]),
    ...(state === 'ready' ? [] : ['taken' as const]),
    'refused',
  ]
  return (
    <Page
      title={found.fileName}
      action={
        <Button
          component="a"
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          href={urlOf(api.oathImports.export, { id })}
          download
        >
          {t('oath-imports.export')}
        </Button>
      }
    >
      <Outlook found={found} />
      {state === 'ready' && (
        <Group gap="sm">
          <GuardedButton
            needs={api.oathImports.take}
            disabled={good === 0}
            loading={take.isPending}
            onClick={() =>
              take.mutate(undefined, {
                onError: (problem) => notifyFailed(t('oath-imports.takeFailed'), problemText(problem)),
              })
            }
          >
            {t('oath-imports.submit', counted(good))}
          </GuardedButton>
          <GuardedButton
            needs={api.oathImports.discard}
            variant="default"
            loading={discard.isPending}
            onClick={discardIt}
          >
            {t('oath-imports.discard')}
          </GuardedButton>
        </Group>
      )}
      <Group>
        <StateFilter
          label={t('oath-imports.filter')}
          choices={outcomes.map((value) => ({ value, label: t(`oath-imports.filterOutcome.${value}`) }))}
          value={outcome}
          onChange={setOutcome}
        />
      </Group>
      <ImportRows id={id} outcome={outcome} state={state} />
    </Page>
  )
}

/** What will come, comes or came of the file. */
function Outlook({ found: { state, good, taken, refused } }: { readonly found: TokenImport }) {
  const rest = refused > 0 ? t('oath-imports.refusedText', counted(refused)) : ''
  if (state === 'importing') {
    return (
      <Notice state="neutral" title={t('oath-imports.running', counted(good))}>
        <Text size="sm">{t('oath-imports.runningText')}</Text>
        <Progress mt="xs" value={(100 * taken) / Math.max(1, taken + good)} aria-label={t('oath-imports.progress')} />
      </Notice>
    )
  }
  if (state === 'done') {
    return (
      <Notice state={refused > 0 ? 'warning' : 'good'} title={t('oath-imports.done', counted(taken))}>
        {rest}
      </Notice>
    )
  }
  return (
    <Notice
      state={good === 0 ? 'bad' : refused > 0 ? 'warning' : 'good'}
      title={good === 0 ? t('oath-imports.nothing') : t('oath-imports.ready', counted(good))}
    >
      {t('oath-imports.readyText')} {rest}
    </Notice>
  )
}
