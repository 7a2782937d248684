/** OATH Tokens: search, filter, add; each token can be tested, assigned, unassigned and deleted. */
import { Group, Text } from '@mantine/core'
import { api, type TokenView } from '@sallyport/contract'
import { EmptyState, Page } from '@sallyport/ui'
import { IconDeviceMobileCode, IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { GuardedButton } from '../../lib/guarded-button.tsx'
import { AddToken } from '../../lib/oath-tokens/add-token.tsx'
import { SampleSiteBadge, useShowsCodes } from '../../lib/oath-tokens/code-now.tsx'
import { tokenListQuery } from '../../lib/oath-tokens/queries.ts'
import { TestCodeDialog } from '../../lib/oath-tokens/test-code-dialog.tsx'
import { usePagedRows } from '../../lib/paged-rows.ts'
import { PagedTable } from '../../lib/paged-table.tsx'
import { SearchField } from '../../lib/search-field.tsx'
import { useMay } from '../../lib/session.ts'
import { StateFilter } from '../../lib/state-filter.tsx'
import { language, t } from '../../lib/words.ts'
import { AssignToken } from './assign-token.tsx'
import { tokenColumns } from './columns.tsx'
import { RemoveToken } from './remove-token.tsx'
import { TokenMenu, type TokenAct } from './token-menu.tsx'

const route = getRouteApi('/signed-in/shell/oath-tokens')

export function OathTokensPage() {
  const { search, state, dialog } = route.useSearch()
  const navigate = route.useNavigate()
  const [acting, setActing] = useState<{ readonly act: TokenAct; readonly token: TokenView }>()
  const { may } = useMay(api.oathTokens.assign)
  const showsCodes = useShowsCodes()
  const filter = useMemo(
    () => ({
      ...(search !== undefined && { search }),
      ...(state !== undefined && { assigned: state === 'assigned' ? ('true' as const) : ('false' as const) }),
    }),
    [search, state],
  )
  const paged = usePagedRows(useInfiniteQuery(tokenListQuery(filter)), t('oath-tokens.failed'))
  const columns = useMemo(() => tokenColumns({ showsCodes }), [showsCodes])
  const openDialog = (name: typeof dialog) => void navigate({ search: (before) => ({ ...before, dialog: name }) })
  const done = () => setActing(undefined)
  const menuOf = useCallback(
    (token: TokenView) => <TokenMenu token={token} onAct={(act) => setActing({ act, token })} />,
    [],
  )
  const addButton = (
    <GuardedButton
      needs={api.oathTokens.create}
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => openDialog('add')}
    >
      {t('oath-tokens.add.open')}
    </GuardedButton>
  )
  const filtered = search !== undefined || state !== undefined
  return (
    <Page title={t('oath-tokens.title')} description={t('oath-tokens.description')} action={addButton}>
      <Group gap="sm">
        <SearchField
          label={t('oath-tokens.search')}
          placeholder={t('oath-tokens.searchPlaceholder')}
          value={search ?? ''}
          onChange={(text) =>
            void navigate({ search: (before) => ({ ...before, search: text || undefined }), replace: true })
          }
        />
        <StateFilter
          label={t('oath-tokens.filter')}
          choices={[
            { value: 'assigned', label: t('oath-tokens.state.assigned') },
            { value: 'unassigned', label: t('oath-tokens.state.unassigned') },
          ]}
          value={state}
          onChange={(chosen) => void navigate({ search: (before) => ({ ...before, state: chosen }), replace: true })}
        />
        <Text size="sm" c="dimmed" role="status">
          {paged.total !== undefined &&
            t('oath-tokens.total', { count: paged.total, formatted: paged.total.toLocaleString(language()) })}
        </Text>
        {showsCodes && <SampleSiteBadge />}
      </Group>
      <PagedTable
        label={t('oath-tokens.title')}
        columns={columns}
        rowKey={(token) => token.id}
        paged={paged}
        rowActions={may ? menuOf : undefined}
        empty={
          <EmptyState
            icon={<IconDeviceMobileCode size={34} stroke={1.4} />}
            title={t(filtered ? 'oath-tokens.empty.filteredTitle' : 'oath-tokens.empty.title')}
            {...(!filtered && { action: addButton })}
          >
            {t(filtered ? 'oath-tokens.empty.filteredText' : 'oath-tokens.empty.text')}
          </EmptyState>
        }
      />
      {dialog === 'add' && <AddToken onClose={() => openDialog(undefined)} />}
      {acting?.act === 'test' && <TestCodeDialog token={acting.token} onClose={done} />}
      {acting?.act === 'assign' && <AssignToken token={acting.token} onClose={done} />}
      {acting?.act === 'remove' && <RemoveToken token={acting.token} onClose={done} />}
    </Page>
  )
}
