/** The route of Reports › Usage; what it looks at lives in the address. */
import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../../lib/lazy-page.ts'
import { shellRoute } from '../../lib/shell-route.tsx'
import { usageSearch } from './search.ts'

export const usageRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports/usage',
  validateSearch: usageSearch,
  component: lazyPage(() => import('./usage-page.tsx'), 'UsagePage'),
})
