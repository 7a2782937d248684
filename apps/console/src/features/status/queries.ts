/** How the server does: asked every five seconds while anybody looks. */
import { api, type StatusView } from '@sallyport/contract'
import type { StateKind } from '@sallyport/ui'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

export const statusQuery = queryOptions({
  queryKey: [queryRoots.status],
  queryFn: ({ signal }) => call(api.status.read, {}, { signal }),
  refetchInterval: 5_000,
})

/** What each state of RADIUS means for somebody who looks. */
export const radiusStateKinds: Record<StatusView['radius']['state'], StateKind> = {
  on: 'good',
  degraded: 'warning',
  off: 'neutral',
  failed: 'bad',
}
