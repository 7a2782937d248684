/** Users: search, filter, order, add, import; a row opens the user. */
import { Group, Text } from '@mantine/core'
import { api, type UserView } from '@sallyport/contract'
import { EmptyState, Page } from '@sallyport/ui'
import { IconFileImport, IconPlus, IconUsers } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { GuardedButton } from '../../lib/guarded-button.tsx'
import { usePagedRows } from '../../lib/paged-rows.ts'
import { PagedTable } from '../../lib/paged-table.tsx'
import { useMay } from '../../lib/session.ts'
import { TestSignInIcon } from '../../lib/test-sign-in-link.tsx'
import { useSelection } from '../../lib/use-selection.ts'
import { userListQuery } from '../../lib/users/queries.ts'
import { t } from '../../lib/words.ts'
import { AddUser } from './add-user.tsx'
import { BatchProgress } from './batch-progress.tsx'
import { userColumns, type UserSort } from './columns.tsx'
import { ImportUsers } from './imports/import-users.tsx'
import { SelectedUsers } from './selected-users.tsx'
import { UserFilters } from './user-filters.tsx'
import './page-words.ts'

const route = getRouteApi('/signed-in/shell/users')

export function UsersPage() {
  const params = route.useSearch()
  const { search, state, method, standing, source, sort = 'username', direction = 'ascending', dialog, batch } = params
  const navigate = route.useNavigate()
  const filter = useMemo(
    () => ({
      ...(search !== undefined && { search }),
      ...(state !== undefined && { enabled: state === 'enabled' ? ('true' as const) : ('false' as const) }),
      ...(method !== undefined && { method }),
      ...(standing !== undefined && { standing }),
      ...(source !== undefined && { source }),
    }),
    [search, state, method, standing, source],
  )
  const paged = usePagedRows(useInfiniteQuery(userListQuery({ ...filter, sort, direction })), t('users.failed'))
  const { selection, ids, clear } = useSelection(filter, paged.rows, {
    rowLabel,
    allLabel: t('user-batches.loaded'),
  })
  const { may: mayEdit } = useMay(api.userBatches.begin)
  const watch = (id: string | undefined) =>
    void navigate({ search: (before) => ({ ...before, batch: id }), replace: true })
  const columns = useMemo(() => {
    const onSort = (column: UserSort) =>
      void navigate({
        search: (before) => ({
          ...before,
          sort: column,
          direction: column === sort && direction === 'ascending' ? 'descending' : 'ascending',
        }),
        replace: true,
      })
    return userColumns({ sort, direction, onSort })
  }, [navigate, sort, direction])
  const open = useCallback((id: string) => void navigate({ to: '/users/$id', params: { id } }), [navigate])
  const openRow = useCallback((user: UserView) => open(user.id), [open])
  const openDialog = (name: typeof dialog) => void navigate({ search: (before) => ({ ...before, dialog: name }) })
  const addButton = (
    <GuardedButton
      needs={api.users.create}
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => openDialog('add')}
    >
      {t('users.add.open')}
    </GuardedButton>
  )
  const filtered = Object.keys(filter).length > 0
  const { may: mayTest } = useMay(api.testSignIns.start)
  return (
    <Page
      title={t('users.title')}
      description={t('users.description')}
      action={
        <Group gap="xs">
          <GuardedButton
            needs={api.userImports.begin}
            variant="default"
            leftSection={<IconFileImport size={16} aria-hidden />}
            onClick={() => openDialog('import')}
          >
            {t('user-imports.open')}
          </GuardedButton>
          {addButton}
        </Group>
      }
    >
      <Group gap="sm">
        <UserFilters
          search={search}
          state={state}
          method={method}
          standing={standing}
          source={source}
          onChange={(changes) => void navigate({ search: (before) => ({ ...before, ...changes }), replace: true })}
        />
        <Text size="sm" c="dimmed" role="status">
          {paged.total !== undefined && t('users.total', { count: paged.total, formatted: paged.formattedTotal })}
        </Text>
      </Group>
      {batch !== undefined && <BatchProgress key={batch} id={batch} onWatch={watch} />}
      {mayEdit && ids.length > 0 && (
        <SelectedUsers ids={ids} filter={filter} total={paged.total ?? 0} onClear={clear} onBegun={watch} />
      )}
      <PagedTable
        selection={mayEdit ? selection : undefined}
        label={t('users.title')}
        columns={columns}
        rowKey={(user) => user.id}
        paged={paged}
        onOpen={openRow}
        openLabel={openLabel}
        {...(mayTest && {
          rowActions: (user: UserView) => <TestSignInIcon user={user.username} name={user.username} />,
        })}
        empty={
          <EmptyState
            icon={<IconUsers size={34} stroke={1.4} />}
            title={t(filtered ? 'users.empty.filteredTitle' : 'users.empty.title')}
            {...(!filtered && { action: addButton })}
          >
            {t(filtered ? 'users.empty.filteredText' : 'users.empty.text')}
          </EmptyState>
        }
      />
      {dialog === 'add' && <AddUser onClose={() => openDialog(undefined)} onAdded={open} />}
      {dialog === 'import' && <ImportUsers onClose={() => openDialog(undefined)} />}
    </Page>
  )
}

function openLabel(user: UserView): string {
  return t('users.open', { name: user.username })
}

function rowLabel(user: UserView): string {
  return t('user-batches.row', { name: user.username })
}
