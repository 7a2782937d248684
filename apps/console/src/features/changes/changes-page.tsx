/** Reports › Changes: what administrators changed, newest first; an entry opens to before and after. */
import { Button, Group, Text } from '@mantine/core'
import { api, type AuditEntryView } from '@sallyport/contract'
import { EmptyState, Page } from '@sallyport/ui'
import { IconDownload, IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { urlOf } from '../../lib/api.ts'
import { usePagedRows } from '../../lib/paged-rows.ts'
import { PagedTable } from '../../lib/paged-table.tsx'
import { SearchField } from '../../lib/search-field.tsx'
import { t } from '../../lib/words.ts'
import { ChangeDetails } from './change-details.tsx'
import { changeText } from './change-words.ts'
import { changeColumns } from './columns.tsx'
import { changesQuery } from './queries.ts'
import './page-words.ts'

const route = getRouteApi('/signed-in/shell/reports/changes')

export function ChangesPage() {
  const { search } = route.useSearch()
  const navigate = route.useNavigate()
  const [opened, setOpened] = useState<AuditEntryView>()
  const paged = usePagedRows(useInfiniteQuery(changesQuery(search)), t('changes.failed'))
  const filtered = search !== undefined
  return (
    <Page
      title={t('changes.title')}
      description={t('changes.description')}
      action={
        <Button
          component="a"
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          href={urlOf(api.administrators.exportAudit)}
          download
        >
          {t('changes.export')}
        </Button>
      }
    >
      <Group gap="sm">
        <SearchField
          label={t('changes.search')}
          placeholder={t('changes.searchPlaceholder')}
          value={search ?? ''}
          onChange={(text) => void navigate({ search: { search: text || undefined }, replace: true })}
        />
        <Text size="sm" c="dimmed" role="status">
          {paged.total !== undefined && t('changes.total', { count: paged.total, formatted: paged.formattedTotal })}
        </Text>
      </Group>
      <PagedTable
        label={t('changes.title')}
        columns={changeColumns()}
        rowKey={(entry) => String(entry.sequence)}
        paged={paged}
        onOpen={setOpened}
        openLabel={openLabel}
        empty={
          <EmptyState
            icon={<IconHistory size={34} stroke={1.4} />}
            title={t(filtered ? 'changes.empty.filteredTitle' : 'changes.empty.title')}
          >
            {t(filtered ? 'changes.empty.filteredText' : 'changes.empty.text')}
          </EmptyState>
        }
      />
      {opened !== undefined && <ChangeDetails entry={opened} onClose={() => setOpened(undefined)} />}
    </Page>
  )
}

function openLabel(entry: AuditEntryView): string {
  return t('changes.open', { what: changeText(entry) })
}
