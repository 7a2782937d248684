/** Reports › Client security: how each RADIUS client protects its requests, and one press for what is safe to enforce. */
import { Button, Group, Text } from '@mantine/core'
import { api, type ClientSecurityRow } from '@sallyport/contract'
import { DataTable, EmptyState, Notice, Page } from '@sallyport/ui'
import { IconRefresh, IconShieldLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { urlOf } from '../../lib/api.ts'
import { GuardedButton } from '../../lib/guarded-button.tsx'
import { ButtonLink } from '../../lib/links.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { ExportMenu } from '../../lib/reports/export-menu.tsx'
import { t } from '../../lib/words.ts'
import { clientSecurityQuery } from './client-security-data.ts'
import { clientSecurityColumns } from './columns.tsx'
import { Enforce, type Offer } from './enforce.tsx'
import './page-words.ts'

export function ClientSecurityPage() {
  const { data, error, refetch, isFetching } = useQuery(clientSecurityQuery)
  const [offer, setOffer] = useState<Offer>()
  const columns = useMemo(() => clientSecurityColumns(), [])
  return (
    <Page
      title={t('client-security.title')}
      description={t('client-security.description')}
      action={
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} aria-hidden />}
            loading={isFetching && data !== undefined}
            onClick={() => void refetch()}
          >
            {t('lists.refresh')}
          </Button>
          <ExportMenu csv={urlOf(api.clientSecurity.exportCsv)} json={urlOf(api.clientSecurity.exportJson)} />
        </Group>
      }
    >
      {data?.engineAnswers === false && (
        <Notice state="warning" title={t('client-security.silent.title')}>
          {t('client-security.silent.text')}
        </Notice>
      )}
      <DataTable
        label={t('client-security.title')}
        columns={columns}
        rows={data?.rows}
        rowKey={({ client }) => client.id}
        rowActions={(row) => <Offers row={row} onChoose={setOffer} />}
        failed={
          error !== null && data === undefined
            ? { title: t('client-security.failed'), detail: problemText(error), onRetry: () => void refetch() }
            : undefined
        }
        empty={
          <EmptyState
            icon={<IconShieldLock size={34} stroke={1.4} />}
            title={t('client-security.empty.title')}
            action={<ButtonLink to="/radius-authentication">{t('client-security.empty.action')}</ButtonLink>}
          >
            {t('client-security.empty.text')}
          </EmptyState>
        }
      />
      <Text size="xs" c="dimmed" maw="46rem">
        {t('client-security.counted')}
      </Text>
      {offer !== undefined && <Enforce offer={offer} onClose={() => setOffer(undefined)} />}
    </Page>
  )
}

function Offers({ row, onChoose }: { readonly row: ClientSecurityRow; readonly onChoose: (offer: Offer) => void }) {
  const [measure] = row.offers
  if (measure === undefined) return null
  return (
    <GuardedButton
      needs={api.clientSecurity.enforce}
      variant="default"
      size="xs"
      aria-label={t(`client-security.measure.${measure}.of`, { name: row.client.name })}
      onClick={() => onChoose({ row, measure })}
    >
      {t(`client-security.measure.${measure}.button`)}
    </GuardedButton>
  )
}
