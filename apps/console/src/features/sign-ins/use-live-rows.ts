/** Asks each second for the sign-ins that came, in one question at a time, while somebody looks. */
import { api, type SignInFilter, type SignInRow } from '@sallyport/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'
import { askSince, countOfNew, merged, rowsKept } from './live-rows.ts'

const everyMs = 1_000
const none: readonly SignInRow[] = []

/** @param paused what is shown stays as it is; what comes is counted */
export function useLiveRows(filter: SignInFilter, paused: boolean) {
  const { data, error, refetch } = useQuery({
    queryKey: [queryRoots.signIns, 'live', filter],
    queryFn: async ({ signal, client, queryKey }) => {
      const known = client.getQueryData<readonly SignInRow[]>(queryKey) ?? none
      const from = askSince(known, Date.now())
      const query = { ...filter, from, limit: rowsKept }
      return merged(known, (await call(api.reports.listSignIns, { query }, { signal })).rows, from)
    },
    refetchInterval: everyMs,
    structuralSharing: false,
  })
  const latest = data ?? none
  const [held, setHeld] = useState<readonly SignInRow[]>()
  // What was there when the reader's hand came stays until it goes.
  if (paused && held === undefined && data !== undefined) setHeld(latest)
  if (!paused && held !== undefined) setHeld(undefined)
  const shown = paused ? (held ?? latest) : latest
  return {
    rows: data === undefined ? undefined : shown,
    waiting: countOfNew(shown, latest),
    error: data === undefined ? error : null,
    isStale: error !== null,
    refetch,
  }
}
