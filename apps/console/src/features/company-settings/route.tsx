/** The route of Company Settings; the tab lives in the address. */
import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { choiceParam } from '../../lib/search-params.ts'
import { lazyPage } from '../../lib/lazy-page.ts'
import { shellRoute } from '../../lib/shell-route.tsx'
import { companyTabs } from './tabs.ts'

export const companySettingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/company-settings',
  validateSearch: z.object({ tab: choiceParam(companyTabs) }),
  component: lazyPage(() => import('./company-settings-page.tsx'), 'CompanySettingsPage'),
})
