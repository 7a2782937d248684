/** The route of Reports › Client security. */
import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../../lib/lazy-page.ts'
import { shellRoute } from '../../lib/shell-route.tsx'

export const clientSecurityRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports/client-security',
  component: lazyPage(() => import('./client-security-page.tsx'), 'ClientSecurityPage'),
})
