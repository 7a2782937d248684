/** The route of the set-up wizard; the step lives in the address, so that one can leave and come back. */
import { createRoute, redirect } from '@tanstack/react-router'
import { z } from 'zod'
import { ApiProblem } from '../../lib/api.ts'
import { lazyPage } from '../../lib/lazy-page.ts'
import { sessionQuery, setUpQuery } from '../../lib/session.ts'
import { rootRoute } from '../../lib/shell-route.tsx'
import { setUpSteps } from './steps.ts'

export const setUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/set-up',
  validateSearch: z.object({ step: z.enum(setUpSteps).optional().catch(undefined) }),
  beforeLoad: async ({ context: { queryClient } }) => {
    const { needed } = await queryClient.query(setUpQuery)
    if (needed) return { needed }
    try {
      await queryClient.query({ ...sessionQuery, staleTime: 'static' })
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'sign-in-required') throw error
      redirect({ to: '/sign-in', search: { next: '/set-up' }, throw: true })
    }
    return { needed }
  },
  component: lazyPage(() => import('./set-up-page.tsx'), 'SetUpPage'),
})
