/** API tokens: what programs call this server's API with. */
import { Button, Text } from '@mantine/core'
import { api, type ApiTokenView } from '@sallyport/contract'
import {
  ConfirmDialog,
  DataTable,
  EmptyState,
  Notice,
  notifyDone,
  notifyFailed,
  Page,
  RelativeTime,
  StatusDot,
  type DataColumn,
} from '@sallyport/ui'
import { IconKey, IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { problemText } from '../../lib/problem-text.ts'
import { RowButton } from '../../lib/row-button.tsx'
import { useMay } from '../../lib/session.ts'
import { language, t } from '../../lib/words.ts'
import { AddApiToken } from './add-api-token.tsx'
import { apiTokensQuery, useRevokeApiToken } from './api-token-data.ts'
import './page-words.ts'

const route = getRouteApi('/signed-in/shell/api-tokens')

export function ApiTokensPage() {
  const { dialog } = route.useSearch()
  const navigate = route.useNavigate()
  const { may, reason } = useMay(api.apiTokens.list)
  const list = useQuery({ ...apiTokensQuery, enabled: may })
  const [revoking, setRevoking] = useState<ApiTokenView>()
  const show = (name: 'add' | undefined) => void navigate({ search: { dialog: name } })
  if (!may) {
    return (
      <Page title={t('api-tokens.title')}>
        <Notice state="neutral" title={reason ?? ''} />
      </Page>
    )
  }
  return (
    <Page
      title={t('api-tokens.title')}
      description={t('api-tokens.description')}
      action={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => show('add')}>
          {t('api-tokens.add')}
        </Button>
      }
    >
      <DataTable
        label={t('api-tokens.title')}
        columns={columns()}
        rows={list.data?.rows}
        rowKey={({ id }) => id}
        rowActions={(row) => (
          <RowButton
            label={t('api-tokens.revoke', { name: row.name })}
            icon={<IconTrash size={17} aria-hidden />}
            onPress={() => setRevoking(row)}
          />
        )}
        failed={
          list.error === null
            ? undefined
            : {
                title: t('api-tokens.failed'),
                detail: problemText(list.error),
                onRetry: () => void list.refetch(),
              }
        }
        empty={
          <EmptyState icon={<IconKey size={34} stroke={1.4} />} title={t('api-tokens.empty')}>
            {t('api-tokens.emptyText')}
          </EmptyState>
        }
      />
      {dialog === 'add' && <AddApiToken onClose={() => show(undefined)} />}
      {revoking !== undefined && <Revoke token={revoking} onClose={() => setRevoking(undefined)} />}
    </Page>
  )
}

function Revoke({ token: { id, name }, onClose }: { readonly token: ApiTokenView; readonly onClose: () => void }) {
  const revoke = useRevokeApiToken()
  const confirm = () =>
    revoke.mutate(id, {
      onSuccess: () => notifyDone(t('api-tokens.revoked', { name })),
      onError: (error) => notifyFailed(t('api-tokens.notRevoked', { name }), problemText(error)),
      onSettled: onClose,
    })
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('api-tokens.revokeTitle', { name })}
      confirmLabel={t('api-tokens.revokeConfirm')}
      pending={revoke.isPending}
      onConfirm={confirm}
    >
      {t('api-tokens.revokeText', { name })}
    </ConfirmDialog>
  )
}

const columns = (): readonly DataColumn<ApiTokenView>[] => [
  {
    key: 'name',
    header: t('api-tokens.name'),
    cell: ({ name, prefix }) => (
      <>
        <Text component="span" size="sm" fw={600} display="block">
          {name}
        </Text>
        <Text component="span" size="xs" c="dimmed" ff="monospace">
          {prefix}…
        </Text>
      </>
    ),
  },
  { key: 'role', header: t('api-tokens.role'), cell: ({ role }) => t(`app.role.${role}`) },
  {
    key: 'expiresAt',
    header: t('api-tokens.expiresAt'),
    cell: ({ expiresAt, counts, createdBy }) => {
      if (Date.parse(expiresAt) <= Date.now()) return <StatusDot state="neutral">{t('api-tokens.expired')}</StatusDot>
      if (!counts) return <StatusDot state="warning">{t('api-tokens.resting', { name: createdBy })}</StatusDot>
      return <RelativeTime at={expiresAt} locale={language()} />
    },
  },
  {
    key: 'lastUsedAt',
    header: t('api-tokens.lastUsedAt'),
    cell: ({ lastUsedAt, lastAddress }) => (
      <>
        <RelativeTime at={lastUsedAt} locale={language()} />
        {lastAddress !== null && ` · ${lastAddress}`}
      </>
    ),
  },
  { key: 'createdBy', header: t('api-tokens.createdBy'), wideOnly: true, cell: ({ createdBy }) => createdBy },
]
