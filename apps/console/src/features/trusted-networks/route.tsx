/** The route of Trusted networks; which network is open lives in the address. */
import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { textParam } from '../../lib/search-params.ts'
import { lazyPage } from '../../lib/lazy-page.ts'
import { shellRoute } from '../../lib/shell-route.tsx'

export const trustedNetworksRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/trusted-networks',
  validateSearch: z.object({ network: textParam }),
  component: lazyPage(() => import('./trusted-networks-page.tsx'), 'TrustedNetworksPage'),
})
