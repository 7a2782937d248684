/** The route of Reports › Client security. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../lib/shell-route.tsx'

export const clientSecurityRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports/client-security',
  component: lazyRouteComponent(() => import('./client-security-page.tsx'), 'ClientSecurityPage'),
})
