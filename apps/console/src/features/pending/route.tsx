/** The route of Pending now. */
import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../../lib/lazy-page.ts'
import { shellRoute } from '../../lib/shell-route.tsx'

export const pendingRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/pending',
  component: lazyPage(() => import('./pending-page.tsx'), 'PendingPage'),
})
