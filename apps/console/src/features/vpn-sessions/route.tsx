/** The routes of Reports › VPN sessions: the list, whose view and filters live in the address, and one session. */
import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../../lib/lazy-page.ts'
import { shellRoute } from '../../lib/shell-route.tsx'
import { vpnSessionsSearch } from './search.ts'

export const vpnSessionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports/vpn-sessions',
  validateSearch: vpnSessionsSearch,
  component: lazyPage(() => import('./vpn-sessions-page.tsx'), 'VpnSessionsPage'),
})

export const vpnSessionDetailsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports/vpn-sessions/$id',
  component: lazyPage(() => import('./vpn-session-page.tsx'), 'VpnSessionPage'),
})
