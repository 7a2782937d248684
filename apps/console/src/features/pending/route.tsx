/** The route of Pending now. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../lib/shell-route.tsx'

export const pendingRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/pending',
  component: lazyRouteComponent(() => import('./pending-page.tsx'), 'PendingPage'),
})
