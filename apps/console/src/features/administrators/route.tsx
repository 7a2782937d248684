/** The route of Administrators. */
import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { idParam } from '../../lib/search-params.ts'
import { lazyPage } from '../../lib/lazy-page.ts'
import { shellRoute } from '../../lib/shell-route.tsx'

export const administratorsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/administrators',
  /** The id of the administrator who is open, or `new`. */
  validateSearch: z.object({
    open: z
      .union([z.literal('new'), idParam])
      .optional()
      .catch(undefined),
  }),
  component: lazyPage(() => import('./administrators-page.tsx'), 'AdministratorsPage'),
})
