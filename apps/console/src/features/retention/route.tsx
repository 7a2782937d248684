/** The route of Retention. */
import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../../lib/lazy-page.ts'
import { shellRoute } from '../../lib/shell-route.tsx'

export const retentionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/retention',
  component: lazyPage(() => import('./retention-page.tsx'), 'RetentionPage'),
})
