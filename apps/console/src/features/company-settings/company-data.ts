/** Company Settings: read, and saved. */
import { api, type CompanySettings } from '@sallyport/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

export const companyQuery = queryOptions({
  queryKey: [queryRoots.company],
  queryFn: ({ signal }) => call(api.company.read, {}, { signal }),
})

/** What depends on them elsewhere: what somebody's next sign-in meets, what is worth doing, and the changes. */
const touched = [queryRoots.company, queryRoots.users, queryRoots.status, queryRoots.changes]

export function useChangeCompany() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: CompanySettings) => call(api.company.change, { body }),
    onSuccess: (saved) => queryClient.setQueryData(companyQuery.queryKey, saved),
    onSettled: () => Promise.all(touched.map((root) => queryClient.invalidateQueries({ queryKey: [root] }))),
  })
}
