/** Imports of users, as the server has them, and what can be done with them. */
import {
  api,
  type ImportDelimiter,
  type ImportEncoding,
  type UserImport,
  type UserImportMapping,
  type UserImportOutcome,
} from '@sallyport/contract'
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { pageRows } from '../../../lib/paged-rows.ts'
import { queryRoots } from '../../../lib/query-keys.ts'

const root = queryRoots.userImports

export function importListQuery() {
  return infiniteQueryOptions({
    queryKey: [root, 'list'],
    queryFn: ({ pageParam, signal }) =>
      call(api.userImports.list, { query: { limit: pageRows, cursor: pageParam ?? undefined } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** Asked for again while it goes on. */
export function importQuery(id: string) {
  return queryOptions({
    queryKey: [root, 'one', id],
    queryFn: ({ signal }) => call(api.userImports.read, { params: { id } }, { signal }),
    refetchInterval: ({ state }) => (state.data !== undefined && isMoving(state.data) ? 500 : false),
  })
}

export function isMoving({ state }: UserImport): boolean {
  return state === 'uploading' || state === 'checking' || state === 'importing'
}

export interface FileForm {
  readonly encoding?: ImportEncoding | undefined
  readonly delimiter?: ImportDelimiter | undefined
}

/** The columns of a file, read in this way. */
export function columnsQuery(id: string, { encoding, delimiter }: FileForm) {
  return queryOptions({
    queryKey: [root, 'columns', id, encoding, delimiter],
    queryFn: ({ signal }) =>
      call(api.userImports.columns, { params: { id }, query: { encoding, delimiter } }, { signal }),
    placeholderData: keepPreviousData,
  })
}

export function importRowsQuery(id: string, outcome: UserImportOutcome | undefined, state: string) {
  return infiniteQueryOptions({
    queryKey: [root, 'rows', id, outcome, state],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: pageRows, cursor: pageParam ?? undefined, ...(outcome !== undefined && { outcome }) }
      return call(api.userImports.rows, { params: { id }, query }, { signal })
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
}

/** Has a file kept: the answer says what it probably is. */
export function useUploadFile() {
  return useMutation({
    mutationFn: async ({ file, fileName }: { readonly file: Blob; readonly fileName: string }) => {
      const { id } = await call(api.userImports.begin, { body: { fileName: fileName.slice(0, 200) } })
      return call(api.userImports.upload, { params: { id }, file })
    },
    gcTime: 0,
  })
}

function useKnown(id: string) {
  const queryClient = useQueryClient()
  return (found: UserImport) => queryClient.setQueryData(importQuery(id).queryKey, found)
}

export function useCheckImport(id: string) {
  return useMutation({
    mutationFn: (body: UserImportMapping) => call(api.userImports.check, { params: { id }, body }),
    onSuccess: useKnown(id),
  })
}

export function useTakeImport(id: string) {
  return useMutation({
    mutationFn: () => call(api.userImports.take, { params: { id } }),
    onSuccess: useKnown(id),
  })
}

export function useDiscardImport(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => call(api.userImports.discard, { params: { id } }),
    onSuccess: () => {
      queryClient.removeQueries({ queryKey: [root, 'one', id] })
      return queryClient.invalidateQueries({ queryKey: [root, 'list'] })
    },
  })
}

/** Once they are added, everything that shows users is out of date. */
export function useUsersCame() {
  const queryClient = useQueryClient()
  return () => {
    for (const key of [queryRoots.users, queryRoots.status, queryRoots.changes, queryRoots.oathTokens]) {
      void queryClient.invalidateQueries({ queryKey: [key] })
    }
  }
}
