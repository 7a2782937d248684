/** The route of OATH Tokens: search and filter live in the address. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { choiceParam, textParam } from '../../lib/search-params.ts'
import { shellRoute } from '../../lib/shell-route.tsx'

const oathTokensSearch = z.object({
  search: textParam,
  state: choiceParam(['assigned', 'unassigned']),
  /** The dialog that is open. */
  dialog: choiceParam(['add']),
})

export const oathTokensRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/oath-tokens',
  validateSearch: oathTokensSearch,
  component: lazyRouteComponent(() => import('./oath-tokens-page.tsx'), 'OathTokensPage'),
})
