/** The route of Caching rules; which rule is open lives in the address. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { textParam } from '../../lib/search-params.ts'
import { shellRoute } from '../../lib/shell-route.tsx'

export const cachingRulesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/caching-rules',
  validateSearch: z.object({ rule: textParam }),
  component: lazyRouteComponent(() => import('./caching-rules-page.tsx'), 'CachingRulesPage'),
})
