/** The routes of RADIUS Authentication; the tab and the open client live in the address. */
import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { lazyPage } from '../../lib/lazy-page.ts'
import { shellRoute } from '../../lib/shell-route.tsx'

export const radiusAuthenticationSearch = z.object({
  tab: z.enum(['clients', 'target', 'reply-attributes']).optional().catch(undefined),
  /** The id of the rule for reply attributes that is open, or `new`. */
  rule: z
    .union([z.uuid(), z.literal('new')])
    .optional()
    .catch(undefined),
  /** The id of the client that is open, or `new`. */
  client: z
    .union([z.uuid(), z.literal('new')])
    .optional()
    .catch(undefined),
  /** The dialog that is open. */
  dialog: z.literal('import').optional().catch(undefined),
})

export const radiusAuthenticationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/radius-authentication',
  validateSearch: radiusAuthenticationSearch,
  component: lazyPage(() => import('./radius-authentication-page.tsx'), 'RadiusAuthenticationPage'),
})

export const productImportRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/radius-authentication/imports/$id',
  component: lazyPage(() => import('./imports/import-page.tsx'), 'ProductImportPage'),
})
