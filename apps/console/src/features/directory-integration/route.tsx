/** The route of Directory Integration. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../lib/shell-route.tsx'

export const directoryIntegrationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/directory-integration',
  component: lazyRouteComponent(() => import('./directory-integration-page.tsx'), 'DirectoryIntegrationPage'),
})
