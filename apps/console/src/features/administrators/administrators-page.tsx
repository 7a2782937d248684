/** Administrators: who may open this console, and what each may do there. */
import { ActionIcon, Button } from '@mantine/core'
import { api, type AdministratorView } from '@sallyport/contract'
import { DataTable, EmptyState, Notice, Page, Section } from '@sallyport/ui'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { ButtonLink } from '../../lib/links.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { useMay, useSession } from '../../lib/session.ts'
import { t } from '../../lib/words.ts'
import { AddAdministrator } from './add-administrator.tsx'
import { administratorColumns } from './columns.tsx'
import { EditAdministrator } from './edit-administrator.tsx'
import { administratorsQuery } from './queries.ts'
import { RemoveAdministrator } from './remove-administrator.tsx'
import { SignInPolicy } from './sign-in-policy.tsx'
import './page-words.ts'

const route = getRouteApi('/signed-in/shell/administrators')

export function AdministratorsPage() {
  const { open } = route.useSearch()
  const navigate = route.useNavigate()
  const { may } = useMay(api.administrators.list)
  const { administrator: self } = useSession()
  const list = useQuery({ ...administratorsQuery, enabled: may })
  const [removing, setRemoving] = useState<AdministratorView>()
  const show = (id: string | undefined) => void navigate({ search: { open: id } })
  const editing = list.data?.rows.find(({ id }) => id === open)
  if (!may) {
    return (
      <Page title={t('administrators.title')}>
        <Notice state="neutral" title={t('administrators.notForYou')} />
      </Page>
    )
  }
  return (
    <Page
      title={t('administrators.title')}
      description={t('administrators.description')}
      action={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => show('new')}>
          {t('administrators.add.open')}
        </Button>
      }
    >
      <DataTable
        label={t('administrators.title')}
        columns={administratorColumns(self.id)}
        rows={list.data?.rows}
        rowKey={({ id }) => id}
        onOpen={({ id }) => show(id)}
        openLabel={({ id, username }) =>
          t('administrators.openOne', { name: id === self.id ? `${username} · ${t('administrators.you')}` : username })
        }
        rowActions={(row) => (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('administrators.remove.open', { name: row.username })}
            onClick={() => setRemoving(row)}
          >
            <IconTrash size={17} aria-hidden />
          </ActionIcon>
        )}
        failed={
          list.error === null
            ? undefined
            : {
                title: t('administrators.failed'),
                detail: problemText(list.error),
                onRetry: () => void list.refetch(),
              }
        }
        empty={<EmptyState title={t('administrators.empty')} />}
      />
      <SignInPolicy />
      <Section
        title={t('administrators.provider.title')}
        description={t('administrators.provider.text')}
        action={
          <ButtonLink to="/administrators/provider" variant="default">
            {t('administrators.provider.open')}
          </ButtonLink>
        }
      >
        {null}
      </Section>
      {open === 'new' && <AddAdministrator onClose={() => show(undefined)} />}
      {editing !== undefined && (
        <EditAdministrator key={editing.id} administrator={editing} onClose={() => show(undefined)} />
      )}
      {removing !== undefined && (
        <RemoveAdministrator administrator={removing} onClose={() => setRemoving(undefined)} />
      )}
    </Page>
  )
}
