/** The route of Status, which is also the first page. */
import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../../lib/lazy-page.ts'
import { shellRoute } from '../../lib/shell-route.tsx'
import { statusQuery } from './queries.ts'

export const statusRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/status',
  loader: ({ context }) => context.queryClient.query({ ...statusQuery, staleTime: 'static' }),
  component: lazyPage(() => import('./status-page.tsx'), 'StatusPage'),
})
