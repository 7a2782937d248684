/** The form of Company Settings: its checks, its save, and what is done when somebody else saved first. */
import type { CompanyView } from '@sallyport/contract'
import { notifyDone } from '@sallyport/ui'
import { useState } from 'react'
import { ApiProblem } from '../../lib/api.ts'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { t } from '../../lib/words.ts'
import { useChangeCompany } from './company-data.ts'
import { companyBody, companySchema, companyValues } from './company-values.ts'
import { companyTabs, tabOf, type CompanyTab } from './tabs.ts'
import './page-words.ts'

/** @param show brings a tab to the front: the one where the first error is */
export function useCompanyForm(settings: CompanyView, show: (tab: CompanyTab) => void) {
  const form = useSchemaForm(companySchema, companyValues(settings))
  const [version, setVersion] = useState(settings.version)
  const [problem, setProblem] = useState<string>()
  const [conflict, setConflict] = useState(false)
  const change = useChangeCompany()

  const showFirst = (fields: readonly string[]) => {
    const wrong = new Set(fields.map(tabOf))
    const first = companyTabs.find((tab) => wrong.has(tab))
    if (first !== undefined) show(first)
  }
  const saveWith = (sentVersion: number) =>
    form.handleSubmit(
      async (values) => {
        setProblem(undefined)
        setConflict(false)
        try {
          const saved = await change.mutateAsync(companyBody(values, sentVersion))
          setVersion(saved.version)
          form.reset(companyValues(saved))
          notifyDone(t('company-settings.saved'))
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
    form.reset(companyValues(settings))
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

export type CompanyForm = ReturnType<typeof useCompanyForm>['form']
