/** Trusted networks: from where people get in on the password alone; what that means, and a line to try an address with. */
import { ActionIcon, Button, Code, List, Tooltip } from '@mantine/core'
import { api, type TrustedNetworkView } from '@sallyport/contract'
import {
  ConfirmDialog,
  DataTable,
  EmptyState,
  Notice,
  notifyDone,
  notifyFailed,
  Page,
  StatusDot,
  type DataColumn,
} from '@sallyport/ui'
import { IconMapPinCheck, IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useClientNames } from '../../lib/client-field.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { Who } from '../../lib/reports/cells.tsx'
import { useMay } from '../../lib/session.ts'
import { t } from '../../lib/words.ts'
import { trustedNetworksQuery, useRemoveTrustedNetwork } from './trusted-network-data.ts'
import { TrustedNetworkDialog } from './trusted-network-dialog.tsx'
import { TryAddress } from './try-address.tsx'
import './page-words.ts'

const route = getRouteApi('/signed-in/shell/trusted-networks')
const limits = ['password', 'signed', 'portal', 'others'] as const

export function TrustedNetworksPage() {
  const { network: opened } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, refetch } = useQuery(trustedNetworksQuery)
  const nameOf = useClientNames()
  const { may } = useMay(api.trustedNetworks.create)
  const [removing, setRemoving] = useState<TrustedNetworkView>()
  const open = (network: string | undefined) => void navigate({ search: { network } })
  const rows = data?.rows
  const editing = rows?.find(({ id }) => id === opened)
  const addButton = may && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => open('new')}>
      {t('trusted-networks.add')}
    </Button>
  )
  return (
    <Page title={t('trusted-networks.title')} description={t('trusted-networks.description')} action={addButton}>
      <DataTable
        label={t('trusted-networks.title')}
        columns={columns(nameOf)}
        rows={rows}
        rowKey={({ id }) => id}
        onOpen={({ id }) => open(id)}
        openLabel={({ name }) => t('trusted-networks.open', { name })}
        {...(may && { rowActions: (row: TrustedNetworkView) => <Remove row={row} onRemove={setRemoving} /> })}
        failed={
          error === null
            ? undefined
            : { title: t('trusted-networks.failed'), detail: problemText(error), onRetry: () => void refetch() }
        }
        empty={
          <EmptyState icon={<IconMapPinCheck size={34} stroke={1.4} />} title={t('trusted-networks.emptyTitle')}>
            {t('trusted-networks.emptyText')}
          </EmptyState>
        }
      />
      {rows !== undefined && rows.length > 0 && <TryAddress networks={rows} />}
      <Notice state="neutral" title={t('trusted-networks.whatTitle')}>
        {t('trusted-networks.whatText')}
      </Notice>
      <Notice state="neutral" title={t('trusted-networks.notTitle')}>
        <List size="sm">
          {limits.map((limit) => (
            <List.Item key={limit}>{t(`trusted-networks.not.${limit}`)}</List.Item>
          ))}
        </List>
      </Notice>
      {data !== undefined && (opened === 'new' || editing !== undefined) && (
        <TrustedNetworkDialog
          key={opened}
          network={editing}
          attributes={data.attributes}
          onClose={() => open(undefined)}
        />
      )}
      {removing !== undefined && <RemoveNetwork network={removing} onClose={() => setRemoving(undefined)} />}
    </Page>
  )
}

interface RemoveProps {
  readonly row: TrustedNetworkView
  readonly onRemove: (row: TrustedNetworkView) => void
}

function Remove({ row, onRemove }: RemoveProps) {
  const label = t('trusted-networks.remove', { name: row.name })
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={() => onRemove(row)}>
        <IconTrash size={17} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}

function RemoveNetwork({ network, onClose }: { readonly network: TrustedNetworkView; readonly onClose: () => void }) {
  const remove = useRemoveTrustedNetwork()
  const { name } = network
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('trusted-networks.removal.title', { name })}
      confirmLabel={t('trusted-networks.removal.confirm')}
      pending={remove.isPending}
      onConfirm={() =>
        remove.mutate(network, {
          onSuccess: () => notifyDone(t('trusted-networks.removal.done', { name })),
          onError: (error) => notifyFailed(t('trusted-networks.removal.failed', { name }), problemText(error)),
          onSettled: onClose,
        })
      }
    >
      {t('trusted-networks.removal.text')}
    </ConfirmDialog>
  )
}

const columns = (nameOf: (clientId: string | null) => string): readonly DataColumn<TrustedNetworkView>[] => [
  { key: 'name', header: t('trusted-networks.name'), cell: ({ name }) => <Who>{name}</Who> },
  {
    key: 'addresses',
    header: t('trusted-networks.addresses'),
    cell: ({ addresses }) => <Code style={{ overflowWrap: 'anywhere' }}>{addresses}</Code>,
  },
  { key: 'attribute', header: t('trusted-networks.attribute'), cell: ({ attribute }) => attribute },
  { key: 'client', header: t('lists.client'), cell: ({ clientId }) => nameOf(clientId) },
  {
    key: 'state',
    header: t('trusted-networks.state'),
    cell: ({ enabled }) => (
      <StatusDot state={enabled ? 'good' : 'neutral'}>
        {t(enabled ? 'trusted-networks.on' : 'trusted-networks.off')}
      </StatusDot>
    ),
  },
]
