/** The routes of Reports › Sign-ins: the list, whose filters live in the address, one sign-in, and the live view. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../lib/shell-route.tsx'
import { liveSearch, signInsSearch } from './search.ts'

export const signInsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports/sign-ins',
  validateSearch: signInsSearch,
  component: lazyRouteComponent(() => import('./sign-ins-page.tsx'), 'SignInsPage'),
})

export const signInDetailsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports/sign-ins/$id',
  component: lazyRouteComponent(() => import('./sign-in-page.tsx'), 'SignInPage'),
})

export const liveRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports/live',
  validateSearch: liveSearch,
  component: lazyRouteComponent(() => import('./live-page.tsx'), 'LivePage'),
})
