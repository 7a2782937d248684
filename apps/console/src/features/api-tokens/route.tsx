/** The route of API tokens. */
import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { lazyPage } from '../../lib/lazy-page.ts'
import { shellRoute } from '../../lib/shell-route.tsx'

export const apiTokensRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/api-tokens',
  validateSearch: z.object({ dialog: z.literal('add').optional().catch(undefined) }),
  component: lazyPage(() => import('./api-tokens-page.tsx'), 'ApiTokensPage'),
})
