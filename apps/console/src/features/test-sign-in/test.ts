/** The test that is on the screen: started, answered, stopped, and read on while the server is busy with it. */
import { api, type AnswerTestSignInInput, type StartTestSignInInput, type TestSignInView } from '@sallyport/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

/** The server holds each read until there is news, so that this is the pause between two. */
const readAgainMs = 200

export function useTest() {
  const queryClient = useQueryClient()
  const [id, setId] = useState<string>()
  const keyOf = (of: string | undefined) => [queryRoots.testSignIns, of]
  const keep = (view: TestSignInView) => {
    queryClient.setQueryData(keyOf(view.id), view)
    setId(view.id)
  }
  // What a test did is in the log, in the trail, and at the user: their lists are out of date.
  const outOfDate = () =>
    Promise.all(
      [queryRoots.signIns, queryRoots.changes, queryRoots.users, queryRoots.oathTokens].map((root) =>
        queryClient.invalidateQueries({ queryKey: [root] }),
      ),
    )
  const { data: view, error } = useQuery({
    queryKey: keyOf(id),
    queryFn: ({ signal }) => call(api.testSignIns.read, { params: { id: id ?? '' } }, { signal }),
    enabled: id !== undefined,
    staleTime: Infinity,
    retry: false,
    refetchInterval: ({ state }) => (state.data?.state === 'waiting' && state.error === null ? readAgainMs : false),
  })
  const start = useMutation({
    mutationFn: (body: StartTestSignInInput) => call(api.testSignIns.start, { body }),
    onMutate: () => setId(undefined),
    onSuccess: keep,
    onSettled: outOfDate,
  })
  const answer = useMutation({
    mutationFn: ({ of, body }: { of: string; body: AnswerTestSignInInput }) =>
      call(api.testSignIns.answer, { params: { id: of }, body }),
    onSuccess: keep,
    onSettled: outOfDate,
  })
  const stop = useMutation({
    mutationFn: (of: string) => call(api.testSignIns.stop, { params: { id: of } }),
    onSuccess: keep,
  })
  return { view: id === undefined ? undefined : view, error, start, answer, stop }
}

export type Test = ReturnType<typeof useTest>
