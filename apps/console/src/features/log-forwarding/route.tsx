/** The route of Log forwarding; which receiver is open lives in the address. */
import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { lazyPage } from '../../lib/lazy-page.ts'
import { textParam } from '../../lib/search-params.ts'
import { shellRoute } from '../../lib/shell-route.tsx'

export const logForwardingRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/log-forwarding',
  validateSearch: z.object({ receiver: textParam }),
  component: lazyPage(() => import('./log-forwarding-page.tsx'), 'LogForwardingPage'),
})
