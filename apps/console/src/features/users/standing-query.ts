/** What stands for or against a user, and how they are asked: asked for once, shown in several sections. */
import { api } from '@sallyport/contract'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

export const standingQuery = (id: string) =>
  queryOptions({
    queryKey: [queryRoots.users, 'standing', id],
    queryFn: ({ signal }) => call(api.people.standing, { params: { id } }, { signal }),
  })
