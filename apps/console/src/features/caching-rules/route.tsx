/** The route of Caching rules; which rule is open lives in the address. */
import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { textParam } from '../../lib/search-params.ts'
import { lazyPage } from '../../lib/lazy-page.ts'
import { shellRoute } from '../../lib/shell-route.tsx'

export const cachingRulesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/caching-rules',
  validateSearch: z.object({ rule: textParam }),
  component: lazyPage(() => import('./caching-rules-page.tsx'), 'CachingRulesPage'),
})
