/** The import log of users: which files were brought, and what came of them. */
import { Stack } from '@mantine/core'
import type { UserImport } from '@sallyport/contract'
import { EmptyState, Page, RelativeTime, type DataColumn } from '@sallyport/ui'
import { IconFileImport } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { BackLink } from '../../../lib/back-link.tsx'
import { usePagedRows } from '../../../lib/paged-rows.ts'
import { PagedTable } from '../../../lib/paged-table.tsx'
import { language, t } from '../../../lib/words.ts'
import '../page-words.ts'
import { importListQuery } from './import-data.ts'

const number = (count: number) => count.toLocaleString(language())

const columns = (): readonly DataColumn<UserImport>[] => [
  { key: 'file', header: t('user-imports.list.file'), cell: (row) => row.fileName, width: '32%' },
  { key: 'at', header: t('user-imports.list.at'), cell: (row) => <RelativeTime at={row.at} locale={language()} /> },
  { key: 'administrator', header: t('user-imports.list.administrator'), cell: (row) => row.administrator },
  { key: 'state', header: t('user-imports.list.state'), cell: (row) => t(`user-imports.state.${row.state}`) },
  { key: 'taken', header: t('user-imports.list.taken'), cell: (row) => number(row.taken), align: 'end' },
  { key: 'refused', header: t('user-imports.list.refused'), cell: (row) => number(row.refused), align: 'end' },
]

export function UserImportsPage() {
  const navigate = useNavigate()
  const paged = usePagedRows(useInfiniteQuery(importListQuery()), t('user-imports.list.failed'))
  const open = useCallback(
    ({ id }: UserImport) => void navigate({ to: '/users/imports/$id', params: { id } }),
    [navigate],
  )
  return (
    <Stack gap="xs">
      <BackLink to="/users">{t('user-imports.back')}</BackLink>
      <Page title={t('user-imports.list.title')} description={t('user-imports.list.description')}>
        <PagedTable
          label={t('user-imports.list.label')}
          columns={columns()}
          rowKey={(row) => row.id}
          paged={paged}
          onOpen={open}
          openLabel={(row) => t('user-imports.list.open', { name: row.fileName })}
          empty={
            <EmptyState icon={<IconFileImport size={34} stroke={1.4} />} title={t('user-imports.list.empty')}>
              {t('user-imports.list.emptyText')}
            </EmptyState>
          }
        />
      </Page>
    </Stack>
  )
}
