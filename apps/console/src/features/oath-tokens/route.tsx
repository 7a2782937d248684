/** The routes of OATH Tokens: the list, whose search and filters live in the address, the import log and one import. */
import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { choiceParam, textParam } from '../../lib/search-params.ts'
import { lazyPage } from '../../lib/lazy-page.ts'
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
  component: lazyPage(() => import('./oath-tokens-page.tsx'), 'OathTokensPage'),
})

export const oathImportsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/oath-tokens/imports',
  component: lazyPage(() => import('./imports/imports-page.tsx'), 'ImportsPage'),
})

export const oathImportRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/oath-tokens/imports/$id',
  component: lazyPage(() => import('./imports/import-page.tsx'), 'ImportPage'),
})
