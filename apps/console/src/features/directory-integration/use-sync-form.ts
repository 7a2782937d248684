/** The form of Filters, Attributes and Synchronization: one, for they are saved together. */
import { syncSettings, type SyncSettings } from '@sallyport/contract'
import { notifyDone } from '@sallyport/ui'
import { useState } from 'react'
import { ApiProblem } from '../../lib/api.ts'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { t } from '../../lib/words.ts'
import { useChangeSyncSettings } from './sync-data.ts'
import { directoryTabs, tabOf, type DirectoryTab } from './tabs.ts'
import './sync-words.ts'
import './page-words.ts'

const schema = syncSettings.omit({ version: true })

/** @param show brings a tab to the front: the one where the first error is */
export function useSyncForm(settings: SyncSettings, show: (tab: DirectoryTab) => void) {
  const form = useSchemaForm(schema, schema.strip().parse(settings))
  const [version, setVersion] = useState(settings.version)
  const [problem, setProblem] = useState<string>()
  const [conflict, setConflict] = useState(false)
  const change = useChangeSyncSettings()

  const showFirst = (fields: readonly string[]) => {
    const wrong = new Set(fields.map(tabOf))
    const first = directoryTabs.find((tab) => wrong.has(tab))
    if (first !== undefined) show(first)
  }
  const saveWith = (sentVersion: number) =>
    form.handleSubmit(
      async (values) => {
        setProblem(undefined)
        setConflict(false)
        try {
          const saved = await change.mutateAsync({ ...values, version: sentVersion })
          setVersion(saved.version)
          form.reset(schema.strip().parse(saved))
          notifyDone(t('directory-sync.saved'))
        } catch (error) {
          if (error instanceof ApiProblem && error.code === 'changed-meanwhile') setConflict(true)
          else {
            setProblem(applyProblem(form, error))
            if (error instanceof ApiProblem) showFirst(error.errors.map(({ path }) => path))
          }
        }
      },
      (errors) => showFirst(Object.keys(errors)),
    )
  const reset = () => {
    setProblem(undefined)
    setConflict(false)
    setVersion(settings.version)
    form.reset(schema.strip().parse(settings))
  }
  return {
    form,
    problem,
    conflict,
    saving: change.isPending,
    save: saveWith(version),
    saveMine: () => saveWith(settings.version)(),
    reset,
  }
}

export type SyncForm = ReturnType<typeof useSyncForm>['form']
