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
import { SearchField } from '../../lib/search-field.tsx'
import { useMay } from '../../lib/session.ts'
import { StateFilter } from '../../lib/state-filter.tsx'
import { TestSignInIcon } from '../../lib/test-sign-in-link.tsx'
import { userListQuery } from '../../lib/users/queries.ts'
import { language, t } from '../../lib/words.ts'
import { AddUser } from './add-user.tsx'
import { userColumns, type UserSort } from './columns.tsx'
import { ImportUsers } from './import-users.tsx'

const route = getRouteApi('/signed-in/shell/users')

export function UsersPage() {
  const { search, state, sort = 'username', direction = 'ascending', dialog } = route.useSearch()
  const navigate = route.useNavigate()
  const filter = useMemo(
    () => ({
      sort,
      direction,
      ...(search !== undefined && { search }),
      ...(state !== undefined && { enabled: state === 'enabled' ? ('true' as const) : ('false' as const) }),
    }),
    [search, state, sort, direction],
  )
  const paged = usePagedRows(useInfiniteQuery(userListQuery(filter)), t('users.failed'))
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
  const filtered = search !== undefined || state !== undefined
  const { may: mayTest } = useMay(api.testSignIns.start)
  return (
    <Page
      title={t('users.title')}
      description={t('users.description')}
      action={
        <Group gap="xs">
          <GuardedButton
            needs={api.users.import}
            variant="default"
            leftSection={<IconFileImport size={16} aria-hidden />}
            onClick={() => openDialog('import')}
          >
            {t('users.import.open')}
          </GuardedButton>
          {addButton}
        </Group>
      }
    >
      <Group gap="sm">
        <SearchField
          label={t('users.search')}
          placeholder={t('users.searchPlaceholder')}
          value={search ?? ''}
          onChange={(text) =>
            void navigate({ search: (before) => ({ ...before, search: text || undefined }), replace: true })
          }
        />
        <StateFilter
          label={t('users.filter')}
          choices={[
            { value: 'enabled', label: t('users.state.enabled') },
            { value: 'disabled', label: t('users.state.disabled') },
          ]}
          value={state}
          onChange={(chosen) => void navigate({ search: (before) => ({ ...before, state: chosen }), replace: true })}
        />
        <Text size="sm" c="dimmed" role="status">
          {paged.total !== undefined &&
            t('users.total', { count: paged.total, formatted: paged.total.toLocaleString(language()) })}
        </Text>
      </Group>
      <PagedTable
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
