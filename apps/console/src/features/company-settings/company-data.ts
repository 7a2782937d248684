/** Company Settings: read, and saved. */
import { api } from '@sallyport/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'
import { companyBody, type CompanyValues } from './company-values.ts'

export const companyQuery = queryOptions({
  queryKey: [queryRoots.company],
  queryFn: ({ signal }) => call(api.company.read, {}, { signal }),
})

/** What depends on them elsewhere: what somebody's next sign-in meets, what is worth doing, and the changes. */
const touched = [queryRoots.company, queryRoots.users, queryRoots.status, queryRoots.changes]

export function useChangeCompany() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ values, version }: { readonly values: CompanyValues; readonly version: number }) =>
      call(api.company.change, { body: companyBody(values, version) }),
    onSuccess: (saved) => queryClient.setQueryData(companyQuery.queryKey, saved),
    onSettled: () => Promise.all(touched.map((root) => queryClient.invalidateQueries({ queryKey: [root] }))),
  })
}
