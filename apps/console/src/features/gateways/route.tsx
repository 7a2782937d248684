/** The route of Gateways; the tab lives in the address. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { choiceParam } from '../../lib/search-params.ts'
import { shellRoute } from '../../lib/shell-route.tsx'

export const gatewaysRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/gateways',
  validateSearch: z.object({ tab: choiceParam(['sms', 'voice', 'mail']) }),
  component: lazyRouteComponent(() => import('./gateways-page.tsx'), 'GatewaysPage'),
})
