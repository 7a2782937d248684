/** Configurations of other products that are looked at, and what can be done with them. */
import { api, type ImportProduct } from '@sallyport/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { queryRoots } from '../../../lib/query-keys.ts'

const root = queryRoots.productImports

export function importQuery(id: string) {
  return queryOptions({
    queryKey: [root, id],
    queryFn: ({ signal }) => call(api.productImports.read, { params: { id } }, { signal }),
  })
}

export function useReadProduct() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ product, file }: { readonly product: ImportProduct; readonly file: File }) =>
      call(api.productImports.upload, { query: { product, fileName: file.name.slice(0, 200) }, file }),
    onSuccess: (found) => queryClient.setQueryData(importQuery(found.id).queryKey, found),
    // The file is let go of.
    gcTime: 0,
  })
}

export function useTakeRows(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (rows: number[]) => call(api.productImports.take, { params: { id }, body: { rows } }),
    onSuccess: () =>
      Promise.all(
        [queryRoots.radius, queryRoots.directory, queryRoots.status, queryRoots.changes].map((key) =>
          queryClient.invalidateQueries({ queryKey: [key] }),
        ),
      ),
    // Why it failed may be seen in the rows, read anew.
    onError: () => queryClient.invalidateQueries({ queryKey: importQuery(id).queryKey }),
  })
}

export function useDiscardProduct(id: string) {
  return useMutation({ mutationFn: () => call(api.productImports.discard, { params: { id } }) })
}
