/** The route of Status, which is also the first page. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../lib/shell-route.tsx'
import { statusQuery } from './queries.ts'

export const statusRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/status',
  loader: ({ context }) => context.queryClient.query({ ...statusQuery, staleTime: 'static' }),
  component: lazyRouteComponent(() => import('./status-page.tsx'), 'StatusPage'),
})
