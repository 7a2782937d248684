/** What Blocked and Bypassed have in common: the filter of the address, and a now that is renewed by hand. */
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { queryRoots } from '../../lib/query-keys.ts'
import { filterOf, type HistorySearch } from './search.ts'

export function useHistory(search: HistorySearch) {
  const queryClient = useQueryClient()
  const [nowMs, setNowMs] = useState(() => Date.now())
  const filter = useMemo(() => filterOf(search, nowMs), [search, nowMs])
  const refresh = () => {
    setNowMs(Date.now())
    void queryClient.invalidateQueries({ queryKey: [queryRoots.users] })
  }
  return { filter, refresh }
}
