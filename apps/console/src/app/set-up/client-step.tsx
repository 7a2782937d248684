/** The third step: the first VPN device, and what to enter on its own admin page. */
import { Button, Group, Stack } from '@mantine/core'
import { Notice, Section } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ClientFields } from '../../features/radius-authentication/client-fields.tsx'
import { clientName } from '../../lib/client-name.ts'
import { DeviceSettings } from '../../features/radius-authentication/device-settings.tsx'
import { useClientForm, type SavedClient } from '../../features/radius-authentication/use-client-form.ts'
import { radiusClientsQuery } from '../../lib/radius-clients.ts'
import { VersionedNotices } from '../../lib/versioned-notices.tsx'
import { t } from '../../lib/words.ts'
import { StepHeading } from './step-heading.tsx'
import './page-words.ts'

export function ClientStep({ onNext }: { readonly onNext: () => void }) {
  const { data } = useQuery(radiusClientsQuery)
  const [saved, setSaved] = useState<SavedClient>()
  const [adding, setAdding] = useState(false)
  const there = data?.rows.length ?? 0
  return (
    <Stack>
      <StepHeading title={t('set-up.client.title')} text={t('set-up.client.text')} />
      {saved !== undefined && (
        <Section
          title={t('set-up.client.settings', { name: clientName(saved.client) })}
          description={t('set-up.client.settingsText')}
        >
          <DeviceSettings saved={saved} />
        </Section>
      )}
      {saved === undefined && there > 0 && !adding && (
        <Notice
          state="good"
          title={t('set-up.client.there', { count: there })}
          action={
            <Button variant="default" onClick={() => setAdding(true)}>
              {t('set-up.client.another')}
            </Button>
          }
        />
      )}
      {saved === undefined && data !== undefined && (there === 0 || adding) && <AddClient onSaved={setSaved} />}
      <Group justify="flex-end">
        <Button variant={there > 0 ? 'filled' : 'default'} onClick={onNext}>
          {t(`set-up.${there > 0 ? 'next' : 'skip'}`)}
        </Button>
      </Group>
    </Stack>
  )
}

function AddClient({ onSaved }: { readonly onSaved: (saved: SavedClient) => void }) {
  const { form, notices, save } = useClientForm(undefined, onSaved)
  return (
    <form onSubmit={(event) => void save(event)} noValidate>
      <Stack>
        <VersionedNotices of={notices} />
        <ClientFields form={form} isNew readOnly={false} />
        <div>
          <Button type="submit" loading={form.formState.isSubmitting}>
            {t('set-up.client.submit')}
          </Button>
        </div>
      </Stack>
    </form>
  )
}
