/** The routes of Reports › Sign-ins: the list, whose filters live in the address, one sign-in, and the live view. */
import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../../lib/lazy-page.ts'
import { shellRoute } from '../../lib/shell-route.tsx'
import { liveSearch, signInsSearch } from './search.ts'

export const signInsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports/sign-ins',
  validateSearch: signInsSearch,
  component: lazyPage(() => import('./sign-ins-page.tsx'), 'SignInsPage'),
})

export const signInDetailsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports/sign-ins/$id',
  component: lazyPage(() => import('./sign-in-page.tsx'), 'SignInPage'),
})

export const liveRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports/live',
  validateSearch: liveSearch,
  component: lazyPage(() => import('./live-page.tsx'), 'LivePage'),
})
