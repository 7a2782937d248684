/** The route of Reports › Denials; the time that it looks at lives in the address. */
import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { rangeParams } from '../../lib/reports/range.ts'
import { lazyPage } from '../../lib/lazy-page.ts'
import { shellRoute } from '../../lib/shell-route.tsx'

export const denialsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports/denials',
  validateSearch: z.object(rangeParams),
  component: lazyPage(() => import('./denials-page.tsx'), 'DenialsPage'),
})
