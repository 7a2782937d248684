/** The route of Test sign-in; what it was opened for lives in the address, a password never does. */
import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { idParam, textParam } from '../../lib/search-params.ts'
import { lazyPage } from '../../lib/lazy-page.ts'
import { shellRoute } from '../../lib/shell-route.tsx'

export const testSignInRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/test-sign-in',
  validateSearch: z.object({ client: idParam, user: textParam }),
  component: lazyPage(() => import('./test-sign-in-page.tsx'), 'TestSignInPage'),
})
