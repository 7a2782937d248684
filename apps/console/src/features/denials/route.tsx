/** The route of Reports › Denials; the time that it looks at lives in the address. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { rangeParams } from '../../lib/reports/range.ts'
import { shellRoute } from '../../lib/shell-route.tsx'

export const denialsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports/denials',
  validateSearch: z.object(rangeParams),
  component: lazyRouteComponent(() => import('./denials-page.tsx'), 'DenialsPage'),
})
