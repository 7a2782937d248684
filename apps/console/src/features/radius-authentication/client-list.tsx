/** The RADIUS clients: who they are, when they last asked, how well they protect their requests. */
import { ActionIcon, Button, Group, Text, Title, Tooltip } from '@mantine/core'
import { api, type RadiusClientView } from '@sallyport/contract'
import { CopyText, DataTable, EmptyState, RelativeTime, StatusDot, type DataColumn } from '@sallyport/ui'
import { IconFileImport, IconPlus, IconServer2, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { GuardedButton } from '../../lib/guarded-button.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { radiusClientsQuery } from '../../lib/radius-clients.ts'
import { useMay } from '../../lib/session.ts'
import { TestSignInIcon } from '../../lib/test-sign-in-link.tsx'
import { language, t } from '../../lib/words.ts'
import { ClientDialog, type SavedClient } from './client-dialog.tsx'
import './vendor-profile-words.ts'
import { clientName } from '../../lib/client-name.ts'
import { DeviceSettingsDialog } from './device-settings.tsx'
import { ImportProductDialog } from './imports/import-product.tsx'
import { methodsText } from './learned.tsx'
import { RemoveClient } from './remove-client.tsx'
import './page-words.ts'

const route = getRouteApi('/signed-in/shell/radius-authentication')

export function ClientList() {
  const { client: opened, dialog } = route.useSearch()
  const navigate = useNavigate()
  const clients = useQuery(radiusClientsQuery)
  const add = useMay(api.radius.createClient)
  const [removing, setRemoving] = useState<RadiusClientView>()
  const [saved, setSaved] = useState<SavedClient>()
  const open = (client: string | undefined) => void navigate({ to: '/radius-authentication', search: { client } })
  const editing = clients.data?.rows.find((row) => row.id === opened)
  const addButton = add.may && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => open('new')}>
      {t('radius-authentication.clients.add')}
    </Button>
  )
  return (
    <div>
      <Group justify="space-between" mb="sm">
        <Title order={2}>{t('radius-authentication.clients.title')}</Title>
        <Group gap="xs">
          <GuardedButton
            needs={api.productImports.upload}
            variant="default"
            leftSection={<IconFileImport size={16} aria-hidden />}
            onClick={() => void navigate({ to: '/radius-authentication', search: { dialog: 'import' } })}
          >
            {t('product-imports.open')}
          </GuardedButton>
          {addButton}
        </Group>
      </Group>
      <DataTable
        label={t('radius-authentication.clients.title')}
        columns={columns()}
        rows={clients.data?.rows}
        rowKey={(row) => row.id}
        onOpen={(row) => open(row.id)}
        openLabel={(row) => t('radius-authentication.clients.open', { name: shownName(row) })}
        {...(add.may && {
          rowActions: (row: RadiusClientView) => (
            <Group gap={4} wrap="nowrap" justify="flex-end">
              {row.enabled && <TestSignInIcon client={row.id} name={clientName(row)} />}
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('radius-authentication.clients.remove', { name: clientName(row) })}
                onClick={() => setRemoving(row)}
              >
                <IconTrash size={17} aria-hidden />
              </ActionIcon>
            </Group>
          ),
        })}
        failed={
          clients.isError
            ? {
                title: t('radius-authentication.clients.failed'),
                detail: problemText(clients.error),
                onRetry: () => void clients.refetch(),
              }
            : undefined
        }
        empty={
          <EmptyState
            icon={<IconServer2 size={34} stroke={1.4} />}
            title={t('radius-authentication.clients.emptyTitle')}
            action={addButton}
          >
            {t('radius-authentication.clients.emptyText')}
          </EmptyState>
        }
      />
      {(opened === 'new' || editing !== undefined) && (
        <ClientDialog
          key={opened}
          client={editing}
          onClose={() => open(undefined)}
          onSaved={(result) => {
            open(undefined)
            if (result.isNew) setSaved(result)
          }}
        />
      )}
      {dialog === 'import' && <ImportProductDialog onClose={() => open(undefined)} />}
      {removing !== undefined && <RemoveClient client={removing} onClose={() => setRemoving(undefined)} />}
      {saved !== undefined && <DeviceSettingsDialog saved={saved} onClose={() => setSaved(undefined)} />}
    </div>
  )
}

/** What the row and the name of its button both say. */
function shownName(client: RadiusClientView): string {
  const name = clientName(client)
  return client.enabled ? name : `${name} · ${t('radius-authentication.clients.disabled')}`
}

const columns = (): readonly DataColumn<RadiusClientView>[] => [
  {
    key: 'name',
    header: t('radius-authentication.clients.name'),
    cell: (row) => (
      <Text component="span" size="sm" fw={600} c={row.enabled ? 'inherit' : 'dimmed'}>
        {shownName(row)}
      </Text>
    ),
  },
  {
    key: 'address',
    header: t('radius-authentication.clients.address'),
    cell: (row) => (
      <>
        {row.address === '' ? t('radsec.byCertificate') : <CopyText value={row.address} />}
        {row.certificateName !== '' && (
          <Text span size="xs" c="dimmed" display="block" style={{ overflowWrap: 'anywhere' }}>
            {t('radsec.named', { name: row.certificateName })}
          </Text>
        )}
        {row.nasIdentifier !== '' && (
          <Text span size="xs" c="dimmed" display="block" style={{ overflowWrap: 'anywhere' }}>
            {t('radius-authentication.clients.named', { nasIdentifier: row.nasIdentifier })}
          </Text>
        )}
      </>
    ),
  },
  {
    key: 'device',
    header: t('radius-authentication.clients.device'),
    cell: (row) => (
      <Text span size="sm">
        {t(`vendor-profiles.profile.${row.vendorProfile}.name`)}
        {row.methodsSeen.length > 0 && (
          <Text span size="xs" c="dimmed" display="block">
            {t('radius-authentication.clients.asksBy', { methods: methodsText(row) })}
          </Text>
        )}
      </Text>
    ),
  },
  {
    key: 'lastSeen',
    header: t('radius-authentication.clients.lastSeen'),
    cell: (row) => <RelativeTime at={row.lastSeenAt} locale={language()} />,
  },
  {
    key: 'signIns',
    header: t('radius-authentication.clients.signIns'),
    align: 'end',
    cell: (row) => row.signInsLastDay.toLocaleString(language()),
  },
  {
    key: 'protection',
    header: t('radius-authentication.clients.protection'),
    cell: (row) => <Protection client={row} />,
  },
]

function Protection({ client }: { readonly client: RadiusClientView }) {
  const { kind, state } = protectionOf(client)
  return (
    <Tooltip label={t(`radius-authentication.clients.protectionText.${kind}`)}>
      <span>
        <StatusDot state={state}>{t(`radius-authentication.clients.protectionShort.${kind}`)}</StatusDot>
        {client.proxyStateSeenAt !== null && (
          <Text span size="xs" c="dimmed" display="block">
            {t(`radius-authentication.clients.${client.limitProxyState ? 'proxied' : 'proxiedAllowed'}`)}
          </Text>
        )}
      </span>
    </Tooltip>
  )
}

function protectionOf(client: RadiusClientView) {
  if (client.messageAuthenticator === 'never-send') return { kind: 'never', state: 'bad' } as const
  if (client.messageAuthenticator === 'require') return { kind: 'required', state: 'good' } as const
  if (client.messageAuthenticatorSeenAt !== null) return { kind: 'learned', state: 'good' } as const
  return client.lastSeenAt === null
    ? ({ kind: 'waiting', state: 'neutral' } as const)
    : ({ kind: 'missing', state: 'warning' } as const)
}
