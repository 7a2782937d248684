/** The routes of Reports › Blocked and Bypassed; their filters live in the address. */
import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../../lib/lazy-page.ts'
import { shellRoute } from '../../lib/shell-route.tsx'
import { historySearch } from './search.ts'

export const blockedRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports/blocked',
  validateSearch: historySearch,
  component: lazyPage(() => import('./blocked-page.tsx'), 'BlockedPage'),
})

export const bypassedRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports/bypassed',
  validateSearch: historySearch,
  component: lazyPage(() => import('./bypassed-page.tsx'), 'BypassedPage'),
})
