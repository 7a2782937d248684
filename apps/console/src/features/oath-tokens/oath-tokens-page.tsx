/** OATH Tokens: search, filter, add; each token can be tested, assigned, unassigned and deleted. */
import { Button, Group, Text } from '@mantine/core'
import { api, type TokenView } from '@sallyport/contract'
import { EmptyState, Page } from '@sallyport/ui'
import { IconDeviceMobileCode, IconFileImport, IconHistory, IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
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
import { useSelection } from '../../lib/use-selection.ts'
import { t } from '../../lib/words.ts'
import { AssignToken } from './assign-token.tsx'
import { tokenColumns } from './columns.tsx'
import { ImportTokens } from './imports/import-tokens.tsx'
import { RemoveToken } from './remove-token.tsx'
import { ResynchroniseToken } from './resynchronise-token.tsx'
import { SelectedTokens } from './selected-tokens.tsx'
import { TokenMenu, type TokenAct } from './token-menu.tsx'
import './imports/import-words.ts'
import '../../lib/oath-tokens/page-words.ts'

const route = getRouteApi('/signed-in/shell/oath-tokens')

export function OathTokensPage() {
  const { search, state, type, dialog } = route.useSearch()
  const navigate = route.useNavigate()
  const [acting, setActing] = useState<{ readonly act: TokenAct; readonly token: TokenView }>()
  const { may } = useMay(api.oathTokens.assign)
  const showsCodes = useShowsCodes()
  const filter = useMemo(
    () => ({
      ...(search !== undefined && { search }),
      ...(state !== undefined && { assigned: state === 'assigned' ? ('true' as const) : ('false' as const) }),
      ...(type !== undefined && { type }),
    }),
    [search, state, type],
  )
  const paged = usePagedRows(useInfiniteQuery(tokenListQuery(filter)), t('oath-tokens.failed'))
  const { selection, ids, clear } = useSelection(filter, paged.rows, {
    rowLabel,
    allLabel: t('oath-tokens.selection.all'),
  })
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
  const actions = (
    <Group gap="xs">
      <Button
        variant="default"
        leftSection={<IconHistory size={16} aria-hidden />}
        renderRoot={(props) => <Link to="/oath-tokens/imports" {...props} />}
      >
        {t('oath-imports.log')}
      </Button>
      <GuardedButton
        needs={api.oathImports.begin}
        variant="default"
        leftSection={<IconFileImport size={16} aria-hidden />}
        onClick={() => openDialog('import')}
      >
        {t('oath-imports.open')}
      </GuardedButton>
      {addButton}
    </Group>
  )
  const filtered = search !== undefined || state !== undefined || type !== undefined
  return (
    <Page title={t('oath-tokens.title')} description={t('oath-tokens.description')} action={actions}>
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
        <StateFilter
          label={t('oath-tokens.type.label')}
          choices={[
            { value: 'totp', label: t('oath-tokens.type.totp') },
            { value: 'hotp', label: t('oath-tokens.type.hotp') },
          ]}
          value={type}
          onChange={(chosen) => void navigate({ search: (before) => ({ ...before, type: chosen }), replace: true })}
        />
        <Text size="sm" c="dimmed" role="status">
          {paged.total !== undefined && t('oath-tokens.total', { count: paged.total, formatted: paged.formattedTotal })}
        </Text>
        {showsCodes && <SampleSiteBadge />}
      </Group>
      {may && ids.length > 0 && <SelectedTokens ids={ids} onDone={clear} />}
      <PagedTable
        label={t('oath-tokens.title')}
        selection={may ? selection : undefined}
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
      {dialog === 'import' && <ImportTokens onClose={() => openDialog(undefined)} />}
      {acting?.act === 'resynchronise' && <ResynchroniseToken token={acting.token} onClose={done} />}
      {acting?.act === 'test' && <TestCodeDialog token={acting.token} onClose={done} />}
      {acting?.act === 'assign' && <AssignToken token={acting.token} onClose={done} />}
      {acting?.act === 'remove' && <RemoveToken token={acting.token} onClose={done} />}
    </Page>
  )
}

function rowLabel({ serialNumber }: TokenView): string {
  return t('oath-tokens.selection.row', { serialNumber })
}
