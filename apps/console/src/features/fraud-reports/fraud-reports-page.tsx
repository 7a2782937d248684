/** Reports › Fraud reports: what people said they had not started themselves, until somebody has looked into it. */
import { Group, SegmentedControl, Text } from '@mantine/core'
import { api, type FraudReportView } from '@sallyport/contract'
import { EmptyState, Page } from '@sallyport/ui'
import { IconAlertOctagon } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { urlOf } from '../../lib/api.ts'
import { GuardedButton } from '../../lib/guarded-button.tsx'
import { usePagedRows } from '../../lib/paged-rows.ts'
import { PagedTable } from '../../lib/paged-table.tsx'
import { ExportMenu } from '../../lib/reports/export-menu.tsx'
import { t } from '../../lib/words.ts'
import { columns } from './columns.tsx'
import { fraudReportListQuery } from './fraud-report-data.ts'
import { HandleReport } from './handle-report.tsx'
import './page-words.ts'

const route = getRouteApi('/signed-in/shell/reports/fraud-reports')

export function FraudReportsPage() {
  const { view } = route.useSearch()
  const navigate = route.useNavigate()
  const [handling, setHandling] = useState<FraudReportView>()
  const state = view ?? 'open'
  const paged = usePagedRows(useInfiniteQuery(fraudReportListQuery(state)), t('fraud-reports.failed'))
  const actionOf = useCallback(
    (report: FraudReportView) =>
      report.handledAt === null && (
        <GuardedButton
          needs={api.people.handleFraudReport}
          variant="default"
          size="xs"
          aria-label={t('fraud-reports.handleOf', { name: report.user.username })}
          onClick={() => setHandling(report)}
        >
          {t('fraud-reports.handle')}
        </GuardedButton>
      ),
    [],
  )
  return (
    <Page
      title={t('fraud-reports.title')}
      description={t('fraud-reports.description')}
      action={
        <ExportMenu
          csv={urlOf(api.standingHistory.fraudCsv, undefined, { state })}
          json={urlOf(api.standingHistory.fraudJson, undefined, { state })}
        />
      }
    >
      <Group gap="sm">
        <SegmentedControl
          aria-label={t('fraud-reports.view')}
          data={[
            { value: 'open', label: t('fraud-reports.open') },
            { value: 'all', label: t('lists.all') },
          ]}
          value={state}
          onChange={(chosen) =>
            void navigate({ search: { view: chosen === 'all' ? 'all' : undefined }, replace: true })
          }
        />
        <Text size="sm" c="dimmed" role="status">
          {paged.total !== undefined &&
            paged.total > 0 &&
            t('fraud-reports.total', { count: paged.total, formatted: paged.formattedTotal })}
        </Text>
      </Group>
      <PagedTable
        label={t('fraud-reports.title')}
        columns={columns()}
        rowKey={({ id }) => id}
        paged={paged}
        rowActions={actionOf}
        empty={
          <EmptyState icon={<IconAlertOctagon size={34} stroke={1.4} />} title={t(`fraud-reports.empty.${state}`)}>
            {t('fraud-reports.emptyText')}
          </EmptyState>
        }
      />
      {handling !== undefined && <HandleReport report={handling} onClose={() => setHandling(undefined)} />}
    </Page>
  )
}
