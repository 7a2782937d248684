/** The routes that every screen hangs from; the app gives them their frame. */
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, redirect } from '@tanstack/react-router'
import { ApiProblem } from './api.ts'
import { sessionQuery, setUpQuery } from './session.ts'

export interface RouterContext {
  readonly queryClient: QueryClient
}

export const rootRoute = createRootRouteWithContext<RouterContext>()()

/** Everything that needs a session: whoever has none is led to set-up or sign-in, and back afterwards. */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ context: { queryClient }, location }) => {
    try {
      await queryClient.query({ ...sessionQuery, staleTime: 'static' })
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'sign-in-required') throw error
      const { needed } = await queryClient.query(setUpQuery)
      if (needed) redirect({ to: '/set-up', throw: true })
      redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href }, throw: true })
    }
  },
})

/** Pages with menu and header. */
export const shellRoute = createRoute({ getParentRoute: () => signedInRoute, id: 'shell' })
