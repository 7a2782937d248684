/** The route of Gateways; the tab lives in the address. */
import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { choiceParam } from '../../lib/search-params.ts'
import { lazyPage } from '../../lib/lazy-page.ts'
import { shellRoute } from '../../lib/shell-route.tsx'

export const gatewaysRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/gateways',
  validateSearch: z.object({ tab: choiceParam(['sms', 'voice', 'mail']) }),
  component: lazyPage(() => import('./gateways-page.tsx'), 'GatewaysPage'),
})
