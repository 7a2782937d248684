/** The configuration of another product: what was understood of it, which rows are taken over, and what stays out. */
import { Group, Stack, Text, Title } from '@mantine/core'
import { api, type ProductImport } from '@sallyport/contract'
import { DataTable, ErrorPanel, LoadingPanel, Notice, Page, notifyDone, notifyFailed } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { ApiProblem } from '../../../lib/api.ts'
import { BackLink } from '../../../lib/back-link.tsx'
import { GuardedButton } from '../../../lib/guarded-button.tsx'
import { problemText } from '../../../lib/problem-text.ts'
import { useSelection } from '../../../lib/use-selection.ts'
import { language, t } from '../../../lib/words.ts'
import { importQuery, useDiscardProduct, useTakeRows } from './import-data.ts'
import { restColumns, takenColumns, type ImportRow } from './import-rows.tsx'
import './page-words.ts'

const route = getRouteApi('/signed-in/shell/radius-authentication/imports/$id')
const counted = (count: number) => ({ count, formatted: count.toLocaleString(language()) })

export function ProductImportPage() {
  const { id } = route.useParams()
  const { data, error, refetch } = useQuery(importQuery(id))
  const isGone = error instanceof ApiProblem && (error.code === 'not-found' || error.code === 'invalid-input')
  return (
    <Stack gap="xs">
      <BackLink to="/radius-authentication">{t('product-imports.back')}</BackLink>
      {data !== undefined ? (
        <Found key={data.id} found={data} />
      ) : error === null ? (
        <LoadingPanel />
      ) : (
        <ErrorPanel
          title={t('product-imports.failed')}
          detail={isGone ? t('product-imports.gone') : problemText(error)}
          onRetry={() => void refetch()}
        />
      )}
    </Stack>
  )
}

function Found({ found }: { readonly found: ProductImport }) {
  const { fresh, rest } = useMemo(() => {
    const rows = found.rows.map((row): ImportRow => ({ ...row, id: String(row.number) }))
    return { fresh: rows.filter(({ state }) => state === 'new'), rest: rows.filter(({ state }) => state !== 'new') }
  }, [found])
  const { selection, ids } = useSelection(
    fresh,
    fresh,
    { rowLabel: ({ title }) => t('product-imports.select', { name: title }), allLabel: t('product-imports.all') },
    useMemo(() => new Set(fresh.map(({ id }) => id)), [fresh]),
  )
  const time = new Date(found.expiresAt).toLocaleTimeString(language(), { timeStyle: 'short' })
  const product = t(`product-imports.products.${found.product}`)
  return (
    <Page title={found.fileName} description={t('product-imports.subtitle', { product, time })}>
      <Notice
        state={fresh.length === 0 ? 'warning' : 'neutral'}
        title={fresh.length === 0 ? t('product-imports.nothing') : t('product-imports.new', counted(fresh.length))}
      >
        {t(fresh.length === 0 ? 'product-imports.nothingText' : 'product-imports.newText')}
      </Notice>
      {fresh.length > 0 && (
        <>
          <Title order={2}>{t('product-imports.takeTitle')}</Title>
          <DataTable
            label={t('product-imports.takeTitle')}
            columns={takenColumns()}
            rows={fresh}
            fixedColumns
            rowKey={({ id }) => id}
            selection={selection}
            empty={null}
          />
        </>
      )}
      <Acts id={found.id} numbers={ids.map(Number)} isEmpty={fresh.length === 0} />
      {rest.length > 0 && (
        <>
          <div>
            <Title order={2}>{t('product-imports.restTitle')}</Title>
            <Text size="sm" c="dimmed">
              {t('product-imports.restText')}
            </Text>
          </div>
          <DataTable
            label={t('product-imports.restTitle')}
            columns={restColumns()}
            rows={rest}
            fixedColumns
            rowKey={({ id }) => id}
            empty={null}
          />
        </>
      )}
    </Page>
  )
}

interface ActsProps {
  readonly id: string
  readonly numbers: number[]
  readonly isEmpty: boolean
}

function Acts({ id, numbers, isEmpty }: ActsProps) {
  const navigate = useNavigate()
  const take = useTakeRows(id)
  const discard = useDiscardProduct(id)
  const leave = () => void navigate({ to: '/radius-authentication' })
  return (
    <Group gap="sm">
      {!isEmpty && (
        <GuardedButton
          needs={api.productImports.take}
          disabled={numbers.length === 0}
          loading={take.isPending}
          onClick={() =>
            take.mutate(numbers, {
              onSuccess: ({ added }) => {
                notifyDone(t('product-imports.done', counted(added)))
                leave()
              },
              onError: (problem) => notifyFailed(t('product-imports.takeFailed'), problemText(problem)),
            })
          }
        >
          {t('product-imports.submit', counted(numbers.length))}
        </GuardedButton>
      )}
      <GuardedButton
        needs={api.productImports.discard}
        variant="default"
        loading={discard.isPending}
        onClick={() =>
          discard.mutate(undefined, {
            onSuccess: () => {
              notifyDone(t('product-imports.discarded'))
              leave()
            },
            onError: (problem) => notifyFailed(t('product-imports.discardFailed'), problemText(problem)),
          })
        }
      >
        {t('product-imports.discard')}
      </GuardedButton>
      {!isEmpty && (
        <Text size="sm" c="dimmed">
          {t('product-imports.submitText')}
        </Text>
      )}
    </Group>
  )
}
