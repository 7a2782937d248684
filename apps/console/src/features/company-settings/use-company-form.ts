/** The form of Company Settings. */
import type { CompanyView } from '@sallyport/contract'
import { useTabbedForm } from '../../lib/use-tabbed-form.ts'
import { t } from '../../lib/words.ts'
import { useChangeCompany } from './company-data.ts'
import { companySchema, companyValues } from './company-values.ts'
import { companyTabs, tabOf, type CompanyTab } from './tabs.ts'
import './page-words.ts'

/** @param show brings a tab to the front: the one where the first error is */
export function useCompanyForm(settings: CompanyView, show: (tab: CompanyTab) => void) {
  return useTabbedForm({
    ...{ settings, schema: companySchema, valuesOf: companyValues, change: useChangeCompany() },
    ...{ savedText: t('company-settings.saved'), tabs: companyTabs, tabOf, show },
  })
}

export type CompanyForm = ReturnType<typeof useCompanyForm>['form']
