/** RADIUS settings and target, as the server has them: for their own screen, and for Test sign-in. */
import { api } from '@sallyport/contract'
import { queryOptions } from '@tanstack/react-query'
import { call } from './api.ts'
import { queryRoots } from './query-keys.ts'

export const radiusSettingsQuery = queryOptions({
  queryKey: [queryRoots.radius, 'settings'],
  queryFn: ({ signal }) => call(api.radius.readSettings, {}, { signal }),
})

export const targetQuery = queryOptions({
  queryKey: [queryRoots.radius, 'target'],
  queryFn: ({ signal }) => call(api.radius.readTarget, {}, { signal }),
})
