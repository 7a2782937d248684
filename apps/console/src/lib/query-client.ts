/** The query client: what is kept how long, and which failures are worth another try. */
import { QueryClient } from '@tanstack/react-query'
import { ApiProblem } from './api.ts'

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => error instanceof ApiProblem && error.code === 'unreachable' && failures < 2,
      },
    },
  })
}
