/** The form of Filters, Attributes and Synchronization: one, for they are saved together. */
import { syncSettings, type SyncSettings } from '@sallyport/contract'
import { useTabbedForm } from '../../lib/use-tabbed-form.ts'
import { t } from '../../lib/words.ts'
import { useChangeSyncSettings } from './sync-data.ts'
import { directoryTabs, tabOf, type DirectoryTab } from './tabs.ts'
import './sync-words.ts'
import './page-words.ts'

const schema = syncSettings.omit({ version: true })
const valuesOf = (settings: SyncSettings) => schema.strip().parse(settings)

/** @param show brings a tab to the front: the one where the first error is */
export function useSyncForm(settings: SyncSettings, show: (tab: DirectoryTab) => void) {
  return useTabbedForm({
    ...{ settings, schema, valuesOf, change: useChangeSyncSettings() },
    ...{ savedText: t('directory-sync.saved'), tabs: directoryTabs, tabOf, show },
  })
}

export type SyncForm = ReturnType<typeof useSyncForm>['form']
