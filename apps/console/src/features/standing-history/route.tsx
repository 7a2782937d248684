/** The routes of Reports › Blocked and Bypassed; their filters live in the address. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../lib/shell-route.tsx'
import { historySearch } from './search.ts'

export const blockedRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports/blocked',
  validateSearch: historySearch,
  component: lazyRouteComponent(() => import('./blocked-page.tsx'), 'BlockedPage'),
})

export const bypassedRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports/bypassed',
  validateSearch: historySearch,
  component: lazyRouteComponent(() => import('./bypassed-page.tsx'), 'BypassedPage'),
})
