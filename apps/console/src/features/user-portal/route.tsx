/** The route of User Portal. */
import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../../lib/lazy-page.ts'
import { shellRoute } from '../../lib/shell-route.tsx'

export const userPortalRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/user-portal',
  component: lazyPage(() => import('./user-portal-page.tsx'), 'UserPortalPage'),
})
