/** The route of the sign-in page, which leads back to where one wanted to go. */
import { createRoute, redirect } from '@tanstack/react-router'
import { z } from 'zod'
import { lazyPage } from '../lib/lazy-page.ts'
import { setUpQuery } from '../lib/session.ts'
import { rootRoute } from '../lib/shell-route.tsx'

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  // Only paths of this console: an address elsewhere would turn the page into a springboard.
  validateSearch: z.object({
    next: z
      .string()
      .regex(/^\/(?![/\\])/)
      .optional()
      .catch(undefined),
  }),
  beforeLoad: async ({ context }) => {
    const { needed } = await context.queryClient.query(setUpQuery)
    if (needed) redirect({ to: '/set-up', throw: true })
  },
  component: lazyPage(() => import('./sign-in-page.tsx'), 'SignInPage'),
})
