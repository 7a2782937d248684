/** The route of User Portal. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../lib/shell-route.tsx'

export const userPortalRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/user-portal',
  component: lazyRouteComponent(() => import('./user-portal-page.tsx'), 'UserPortalPage'),
})
