/** The import log of OATH tokens: which files were brought, and what came of them. */
import { Stack } from '@mantine/core'
import type { TokenImport } from '@sallyport/contract'
import { EmptyState, Page, RelativeTime, type DataColumn } from '@sallyport/ui'
import { IconFileImport } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { BackLink } from '../../../lib/back-link.tsx'
import { usePagedRows } from '../../../lib/paged-rows.ts'
import { PagedTable } from '../../../lib/paged-table.tsx'
import { language, t } from '../../../lib/words.ts'
import { importListQuery } from './import-data.ts'
import './import-words.ts'

const number = (count: number) => count.toLocaleString(language())

const columns = (): readonly DataColumn<TokenImport>[] => [
  { key: 'file', header: t('oath-imports.list.file'), cell: (row) => row.fileName, width: '32%' },
  { key: 'at', header: t('oath-imports.list.at'), cell: (row) => <RelativeTime at={row.at} locale={language()} /> },
  { key: 'administrator', header: t('oath-imports.list.administrator'), cell: (row) => row.administrator },
  { key: 'state', header: t('oath-imports.list.state'), cell: (row) => t(`oath-imports.state.${row.state}`) },
  { key: 'taken', header: t('oath-imports.list.taken'), cell: (row) => number(row.taken), align: 'end' },
  { key: 'refused', header: t('oath-imports.list.refused'), cell: (row) => number(row.refused), align: 'end' },
]

export function ImportsPage() {
  const navigate = useNavigate()
  const paged = usePagedRows(useInfiniteQuery(importListQuery()), t('oath-imports.list.failed'))
  const open = useCallback(
    ({ id }: TokenImport) => void navigate({ to: '/oath-tokens/imports/$id', params: { id } }),
    [navigate],
  )
  return (
    <Stack gap="xs">
      <BackLink to="/oath-tokens">{t('oath-imports.back')}</BackLink>
      <Page title={t('oath-imports.list.title')} description={t('oath-imports.list.description')}>
        <PagedTable
          label={t('oath-imports.list.label')}
          columns={columns()}
          rowKey={(row) => row.id}
          paged={paged}
          onOpen={open}
          openLabel={(row) => t('oath-imports.list.open', { name: row.fileName })}
          empty={
            <EmptyState icon={<IconFileImport size={34} stroke={1.4} />} title={t('oath-imports.list.empty')}>
              {t('oath-imports.list.emptyText')}
            </EmptyState>
          }
        />
      </Page>
    </Stack>
  )
}
