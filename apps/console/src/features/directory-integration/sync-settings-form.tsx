/** Filters, Attributes and Synchronization over one form: what is typed on one is kept while another is looked at. */
import { Button, Fieldset, Group, Stack } from '@mantine/core'
import { api, type SyncSettings } from '@sallyport/contract'
import { Notice } from '@sallyport/ui'
import { useMay } from '../../lib/session.ts'
import { UnsavedGuard } from '../../lib/unsaved-guard.tsx'
import { VersionedNotices } from '../../lib/versioned-notices.tsx'
import { t } from '../../lib/words.ts'
import { AttributesTab } from './attributes-tab.tsx'
import { FiltersTab } from './filters-tab.tsx'
import { RunList } from './run-list.tsx'
import { SynchronizationTab } from './synchronization-tab.tsx'
import type { DirectoryTab } from './tabs.ts'
import { useSyncForm } from './use-sync-form.ts'
import './sync-words.ts'
import './page-words.ts'

export interface SyncSettingsFormProps {
  readonly settings: SyncSettings
  readonly tab: DirectoryTab
  readonly show: (tab: DirectoryTab) => void
}

export function SyncSettingsForm({ settings, tab, show }: SyncSettingsFormProps) {
  const { may, reason } = useMay(api.directorySync.changeSettings)
  const { form, notices, saving, save, reset } = useSyncForm(settings, show)
  const { isDirty } = form.formState
  return (
    <Stack gap="lg">
      <form onSubmit={(event) => void save(event)} noValidate>
        <UnsavedGuard when={isDirty && !saving} within="/directory-integration" />
        <Stack gap="lg">
          {reason !== undefined && <Notice state="neutral" title={reason} />}
          <Fieldset disabled={!may} variant="unstyled" m={0} p={0}>
            {tab === 'filters' && <FiltersTab form={form} />}
            {tab === 'attributes' && <AttributesTab form={form} />}
            {tab === 'synchronization' && <SynchronizationTab form={form} may={may} />}
          </Fieldset>
          <VersionedNotices of={notices} />
          {may && (
            <Group gap="sm">
              <Button type="submit" loading={saving}>
                {t('directory-sync.save')}
              </Button>
              {isDirty && (
                <Button variant="default" disabled={saving} onClick={reset}>
                  {t('directory-sync.discard')}
                </Button>
              )}
            </Group>
          )}
        </Stack>
      </form>
      {tab === 'synchronization' && <RunList unsaved={isDirty} isEmpty={settings.items.length === 0} />}
    </Stack>
  )
}
