/** The routes of Users: the list, whose search, filter and order live in the address, and one user. */
import { factorKind, userSort, userSource, userStanding } from '@sallyport/contract'
import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { choiceParam, idParam, textParam } from '../../lib/search-params.ts'
import { lazyPage } from '../../lib/lazy-page.ts'
import { shellRoute } from '../../lib/shell-route.tsx'

const usersSearch = z.object({
  search: textParam,
  state: choiceParam(['enabled', 'disabled']),
  method: choiceParam(factorKind.options),
  standing: choiceParam(userStanding.options),
  source: choiceParam(userSource.options),
  sort: choiceParam(userSort.options),
  direction: choiceParam(['ascending', 'descending']),
  /** The change of many users that is watched. */
  batch: idParam,
  /** The dialog that is open. */
  dialog: choiceParam(['add', 'import']),
})

export const usersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/users',
  validateSearch: usersSearch,
  component: lazyPage(() => import('./users-page.tsx'), 'UsersPage'),
})

export const userRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/users/$id',
  component: lazyPage(() => import('./user-page.tsx'), 'UserPage'),
})

export const userImportsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/users/imports',
  component: lazyPage(() => import('./imports/imports-page.tsx'), 'UserImportsPage'),
})

export const userImportRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/users/imports/$id',
  component: lazyPage(() => import('./imports/import-page.tsx'), 'UserImportPage'),
})
