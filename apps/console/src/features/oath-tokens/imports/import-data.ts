/** Imports of tokens, as the server has them, and what can be done with them. */
import { api, type beginImportInput, type ImportOutcome } from '@sallyport/contract'
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import type { z } from 'zod'
import { call } from '../../../lib/api.ts'
import { tokensChanged } from '../../../lib/oath-tokens/mutations.ts'
import { pageRows } from '../../../lib/paged-rows.ts'
import { queryRoots } from '../../../lib/query-keys.ts'

const root = queryRoots.oathImports

export function importListQuery() {
  return infiniteQueryOptions({
    queryKey: [root, 'list'],
    queryFn: ({ pageParam, signal }) =>
      call(api.oathImports.list, { query: { limit: pageRows, cursor: pageParam ?? undefined } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** Asked for again while it goes on. */
export function importQuery(id: string) {
  return queryOptions({
    queryKey: [root, 'one', id],
    queryFn: ({ signal }) => call(api.oathImports.read, { params: { id } }, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'importing' ? 1000 : false),
  })
}

export function importRowsQuery(id: string, outcome: ImportOutcome | undefined, state: string) {
  return infiniteQueryOptions({
    queryKey: [root, 'rows', id, outcome, state],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: pageRows, cursor: pageParam ?? undefined, ...(outcome !== undefined && { outcome }) }
      return call(api.oathImports.rows, { params: { id }, query }, { signal })
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
}

/** Has a file read: the answer says what would be taken of it. */
export function useReadFile() {
  return useMutation({
    mutationFn: async ({ file, begin }: { readonly file: File; readonly begin: z.input<typeof beginImportInput> }) => {
      const { id } = await call(api.oathImports.begin, { body: begin })
      return call(api.oathImports.upload, { params: { id }, file })
    },
    // What opens the file is not kept once it was read.
    gcTime: 0,
  })
}

export function useTakeImport(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => call(api.oathImports.take, { params: { id } }),
    onSettled: async () => {
      await queryClient.invalidateQueries({ queryKey: [root] })
      await tokensChanged(queryClient)
    },
  })
}

export function useDiscardImport(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => call(api.oathImports.discard, { params: { id } }),
    onSuccess: () => {
      queryClient.removeQueries({ queryKey: [root, 'one', id] })
      return queryClient.invalidateQueries({ queryKey: [root, 'list'] })
    },
  })
}
