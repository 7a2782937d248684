/** Something done to a user: said when it is done, and whatever shows them is read anew. */
import { notifyDone, notifyFailed } from '@sallyport/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { problemText } from '../../lib/problem-text.ts'
import { queryRoots } from '../../lib/query-keys.ts'
import { t } from '../../lib/words.ts'
import './page-words.ts'

export function useDoing<Input>(work: (input: Input) => Promise<unknown>, done: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: work,
    onSuccess: () => notifyDone(done),
    onError: (error) => notifyFailed(t('users.standing.failed'), problemText(error)),
    onSettled: () =>
      Promise.all(
        [queryRoots.users, queryRoots.status, queryRoots.changes].map((root) =>
          queryClient.invalidateQueries({ queryKey: [root] }),
        ),
      ),
  })
}
