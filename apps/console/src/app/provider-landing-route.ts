/** The route where an OpenID Connect provider sends browsers back to. */
import { createRoute, redirect } from '@tanstack/react-router'
import { lazyPage } from '../lib/lazy-page.ts'
import { rootRoute } from '../lib/shell-route.tsx'

const path = '/sign-in/provider'
/** As it came, for the server to judge: the router would put it in order, and it is not to stay in the address. */
const answer = window.location.pathname === path ? window.location.search : ''
// Before the router, or anything else that is drawn, has seen it.
if (answer !== '') window.history.replaceState(null, '', path)

export const providerLandingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path,
  validateSearch: () => ({}),
  loader: () => {
    if (answer === '') redirect({ to: '/sign-in', throw: true })
    return { answer }
  },
  component: lazyPage(() => import('./provider-landing-page.tsx'), 'ProviderLandingPage'),
})
