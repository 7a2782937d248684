/** The route of Reports › Fraud reports; which of them are listed lives in the address. */
import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { choiceParam } from '../../lib/search-params.ts'
import { lazyPage } from '../../lib/lazy-page.ts'
import { shellRoute } from '../../lib/shell-route.tsx'

export const fraudReportsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports/fraud-reports',
  validateSearch: z.object({ view: choiceParam(['all']) }),
  component: lazyPage(() => import('./fraud-reports-page.tsx'), 'FraudReportsPage'),
})
