/** The route of the set-up wizard; the step lives in the address. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { rootRoute } from '../../lib/shell-route.tsx'

export const setUpSteps = ['administrator', 'target', 'client', 'user', 'enable'] as const
export type SetUpStep = (typeof setUpSteps)[number]

export const setUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/set-up',
  validateSearch: z.object({ step: z.enum(setUpSteps).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./set-up-page.tsx'), 'SetUpPage'),
})
