/** The route of Reports › Changes: the search lives in the address. */
import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { textParam } from '../../lib/search-params.ts'
import { lazyPage } from '../../lib/lazy-page.ts'
import { shellRoute } from '../../lib/shell-route.tsx'

export const changesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports/changes',
  validateSearch: z.object({ search: textParam }),
  component: lazyPage(() => import('./changes-page.tsx'), 'ChangesPage'),
})
