/** Caching rules: after which second factors nobody is asked again for a while, rule by rule, in their order. */
import { Button, List } from '@mantine/core'
import { api, type CacheRuleView } from '@sallyport/contract'
import { DataTable, EmptyState, Notice, Page, StatusDot, type DataColumn } from '@sallyport/ui'
import { IconClockPlay, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useClientNames } from '../../lib/client-field.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { Who } from '../../lib/reports/cells.tsx'
import { useMay } from '../../lib/session.ts'
import { language, t } from '../../lib/words.ts'
import { CachingRuleActions, RemoveCachingRule } from './caching-rule-actions.tsx'
import { cachingRulesQuery } from './caching-rule-data.ts'
import { CachingRuleDialog } from './caching-rule-dialog.tsx'
import { spanText } from './span-text.ts'
import '../../lib/sign-ins/page-words.ts'
import './page-words.ts'

const route = getRouteApi('/signed-in/shell/caching-rules')
const endings = ['time', 'password', 'rule', 'user'] as const

export function CachingRulesPage() {
  const { rule: opened } = route.useSearch()
  const navigate = route.useNavigate()
  const rules = useQuery(cachingRulesQuery)
  const nameOf = useClientNames()
  const { may } = useMay(api.cacheRules.create)
  const [removing, setRemoving] = useState<CacheRuleView>()
  const open = (rule: string | undefined) => void navigate({ search: { rule } })
  const rows = rules.data?.rows
  const placeOf = ({ id }: CacheRuleView) => (rows?.findIndex((row) => row.id === id) ?? 0) + 1
  const editing = rows?.find(({ id }) => id === opened)
  const addButton = may && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => open('new')}>
      {t('caching-rules.add')}
    </Button>
  )
  return (
    <Page title={t('caching-rules.title')} description={t('caching-rules.description')} action={addButton}>
      <DataTable
        label={t('caching-rules.title')}
        columns={columns(placeOf, nameOf)}
        rows={rows}
        rowKey={({ id }) => id}
        onOpen={({ id }) => open(id)}
        openLabel={(rule) => t('caching-rules.open', { place: placeOf(rule) })}
        {...(may && {
          rowActions: (rule: CacheRuleView) => (
            <CachingRuleActions
              rule={rule}
              place={placeOf(rule)}
              isLast={rows?.at(-1)?.id === rule.id}
              onRemove={() => setRemoving(rule)}
            />
          ),
        })}
        failed={
          rules.isError
            ? {
                title: t('caching-rules.failed'),
                detail: problemText(rules.error),
                onRetry: () => void rules.refetch(),
              }
            : undefined
        }
        empty={
          <EmptyState icon={<IconClockPlay size={34} stroke={1.4} />} title={t('caching-rules.emptyTitle')}>
            {t('caching-rules.emptyText')}
          </EmptyState>
        }
      />
      <Notice state="neutral" title={t('caching-rules.whatTitle')}>
        {t('caching-rules.whatText')}
      </Notice>
      <Notice state="neutral" title={t('caching-rules.endTitle')}>
        <List size="sm">
          {endings.map((ending) => (
            <List.Item key={ending}>{t(`caching-rules.end.${ending}`)}</List.Item>
          ))}
        </List>
      </Notice>
      {(opened === 'new' || editing !== undefined) && (
        <CachingRuleDialog key={opened} rule={editing} onClose={() => open(undefined)} />
      )}
      {removing !== undefined && (
        <RemoveCachingRule rule={removing} place={placeOf(removing)} onClose={() => setRemoving(undefined)} />
      )}
    </Page>
  )
}

const columns = (
  placeOf: (rule: CacheRuleView) => number,
  nameOf: (clientId: string | null) => string,
): readonly DataColumn<CacheRuleView>[] => [
  {
    key: 'scope',
    header: t('caching-rules.scopeLabel'),
    cell: (rule) => (
      <Who>
        {placeOf(rule)}. {t(`caching-rules.scope.${rule.scope}`)}
      </Who>
    ),
  },
  {
    key: 'methods',
    header: t('caching-rules.methods'),
    cell: ({ methods }) => methods.map((method) => t(`sign-ins.factor.${method}`)).join(', '),
  },
  {
    key: 'seconds',
    header: t('caching-rules.span'),
    cell: ({ seconds }) => (seconds === 0 ? t('caching-rules.nothing') : spanText(seconds, language())),
  },
  { key: 'client', header: t('lists.client'), cell: ({ clientId }) => nameOf(clientId) },
  {
    key: 'state',
    header: t('caching-rules.state'),
    cell: ({ enabled }) => (
      <StatusDot state={enabled ? 'good' : 'neutral'}>
        {t(enabled ? 'caching-rules.on' : 'caching-rules.off')}
      </StatusDot>
    ),
  },
]
