/** The route of the OpenID Connect provider, below Administrators. */
import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../../lib/lazy-page.ts'
import { shellRoute } from '../../lib/shell-route.tsx'

export const signInProviderRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/administrators/provider',
  component: lazyPage(() => import('./provider-page.tsx'), 'ProviderPage'),
})
