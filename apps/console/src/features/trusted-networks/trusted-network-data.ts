/** The trusted networks, as the server has them, and their changes. */
import { api, type CreateTrustedNetworkInput, type TrustedNetworkView } from '@sallyport/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

export const trustedNetworksQuery = queryOptions({
  queryKey: [queryRoots.trustedNetworks],
  queryFn: ({ signal }) => call(api.trustedNetworks.list, {}, { signal }),
})

type Known = Pick<TrustedNetworkView, 'id' | 'version'>

function useOutOfDate() {
  const queryClient = useQueryClient()
  return () =>
    Promise.all(
      [queryRoots.trustedNetworks, queryRoots.changes].map((root) =>
        queryClient.invalidateQueries({ queryKey: [root] }),
      ),
    )
}

/** Adds a network, or changes the one that is known. */
export function useSaveTrustedNetwork(known: Known | undefined) {
  return useMutation({
    mutationFn: (body: CreateTrustedNetworkInput) =>
      known === undefined
        ? call(api.trustedNetworks.create, { body })
        : call(api.trustedNetworks.change, { params: { id: known.id }, body: { ...body, version: known.version } }),
    onSettled: useOutOfDate(),
  })
}

export function useRemoveTrustedNetwork() {
  return useMutation({
    mutationFn: ({ id, version }: Known) => call(api.trustedNetworks.remove, { params: { id }, query: { version } }),
    onSettled: useOutOfDate(),
  })
}
