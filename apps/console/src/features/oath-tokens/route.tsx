/** The routes of OATH Tokens: the list, whose search and filters live in the address, the import log and one import. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { choiceParam, textParam } from '../../lib/search-params.ts'
import { shellRoute } from '../../lib/shell-route.tsx'

const oathTokensSearch = z.object({
  search: textParam,
  state: choiceParam(['assigned', 'unassigned']),
  type: choiceParam(['totp', 'hotp']),
  /** The dialog that is open. */
  dialog: choiceParam(['add', 'import']),
})

export const oathTokensRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/oath-tokens',
  validateSearch: oathTokensSearch,
  component: lazyRouteComponent(() => import('./oath-tokens-page.tsx'), 'OathTokensPage'),
})

export const oathImportsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/oath-tokens/imports',
  component: lazyRouteComponent(() => import('./imports/imports-page.tsx'), 'ImportsPage'),
})

export const oathImportRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/oath-tokens/imports/$id',
  component: lazyRouteComponent(() => import('./imports/import-page.tsx'), 'ImportPage'),
})
