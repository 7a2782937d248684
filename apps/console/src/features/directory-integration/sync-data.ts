/** The synchronization’s settings, its runs, and what the directory has, as the server has them; and what can be done with them. */
import { api, type SyncAction, type SyncPreviewInput, type SyncRunState, type SyncSettings } from '@sallyport/contract'
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { pageRows } from '../../lib/paged-rows.ts'
import { queryRoots } from '../../lib/query-keys.ts'

const root = queryRoots.directory
const lookEveryMs = 1000

export function isUnderWay(state: SyncRunState): boolean {
  return state === 'reading' || state === 'comparing' || state === 'applying'
}

export const syncSettingsQuery = queryOptions({
  queryKey: [root, 'sync'],
  queryFn: ({ signal }) => call(api.directorySync.readSettings, {}, { signal }),
})

/** Asked for again while one is under way. */
export function runsQuery() {
  return infiniteQueryOptions({
    queryKey: [root, 'runs'],
    queryFn: ({ pageParam, signal }) =>
      call(api.directorySync.runs, { query: { limit: pageRows, cursor: pageParam ?? undefined } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: ({ state }) =>
      state.data?.pages[0]?.rows.some((run) => isUnderWay(run.state)) === true ? lookEveryMs : false,
  })
}

export function runQuery(id: string) {
  return queryOptions({
    queryKey: [root, 'run', id],
    queryFn: ({ signal }) => call(api.directorySync.run, { params: { id } }, { signal }),
    refetchInterval: ({ state }) => (state.data !== undefined && isUnderWay(state.data.state) ? lookEveryMs : false),
  })
}

export function runRowsQuery(id: string, action: SyncAction | undefined, state: SyncRunState) {
  return infiniteQueryOptions({
    queryKey: [root, 'rows', id, action, state],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: pageRows, cursor: pageParam ?? undefined, ...(action !== undefined && { action }) }
      return call(api.directorySync.rows, { params: { id }, query }, { signal })
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
}

/** What is directly below an entry, as of when it was opened: a page’s place is kept for two minutes. */
export function browseQuery(dn: string) {
  return infiniteQueryOptions({
    queryKey: [root, 'browse', dn],
    queryFn: ({ pageParam, signal }) =>
      call(api.directorySync.browse, { query: { dn, cursor: pageParam ?? undefined } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    gcTime: 0,
    retry: false,
  })
}

/** What a run changes elsewhere. */
const touched = [queryRoots.users, queryRoots.status, queryRoots.changes]

function useTouch() {
  const queryClient = useQueryClient()
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: [root], predicate: ({ queryKey }) => queryKey[1] !== 'browse' }),
      ...touched.map((key) => queryClient.invalidateQueries({ queryKey: [key] })),
    ])
}

export function useChangeSyncSettings() {
  const queryClient = useQueryClient()
  const touch = useTouch()
  return useMutation({
    mutationFn: ({ values, version }: { readonly values: Omit<SyncSettings, 'version'>; readonly version: number }) =>
      call(api.directorySync.changeSettings, { body: { ...values, version } }),
    onSuccess: (saved) => queryClient.setQueryData(syncSettingsQuery.queryKey, saved),
    onSettled: touch,
  })
}

export function useStartRun() {
  const touch = useTouch()
  return useMutation({
    mutationFn: (body: { readonly dryRun: boolean; readonly full: boolean }) => call(api.directorySync.start, { body }),
    onSettled: touch,
  })
}

export function useApproveRun(id: string) {
  const touch = useTouch()
  return useMutation({
    mutationFn: (adopt: boolean) => call(api.directorySync.approve, { params: { id }, body: { adopt } }),
    onSettled: touch,
  })
}

export function useCancelRun(id: string) {
  const touch = useTouch()
  return useMutation({
    mutationFn: () => call(api.directorySync.cancel, { params: { id } }),
    onSettled: touch,
  })
}

/** Tries a mapping, saved or not; changes nothing. */
export function usePreview() {
  return useMutation({ mutationFn: (body: SyncPreviewInput) => call(api.directorySync.preview, { body }) })
}
