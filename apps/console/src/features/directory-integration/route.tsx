/** The routes of Directory Integration: its tabs, which live in the address, and one run of the synchronization. */
import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { choiceParam } from '../../lib/search-params.ts'
import { lazyPage } from '../../lib/lazy-page.ts'
import { shellRoute } from '../../lib/shell-route.tsx'
import { directoryTabs } from './tabs.ts'

export const directoryIntegrationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/directory-integration',
  validateSearch: z.object({ tab: choiceParam(directoryTabs) }),
  component: lazyPage(() => import('./directory-integration-page.tsx'), 'DirectoryIntegrationPage'),
})

export const directoryRunRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/directory-integration/runs/$id',
  component: lazyPage(() => import('./run-page.tsx'), 'RunPage'),
})
