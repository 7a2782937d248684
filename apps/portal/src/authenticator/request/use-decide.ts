/** Sends what a person decided, and says what came of it. */
import { useState } from 'react'
import { decide } from '../../lib/device-api.ts'
import { vault, type PastRequest } from '../../lib/vault.ts'
import { t } from '../../lib/words.ts'
import { useModel, type Asking } from '../model.ts'
import { problemWords } from '../problem-words.ts'
import type { ResultKind } from './request-result.tsx'

type Decision = 'approve' | 'deny' | 'fraud'
const done = { approve: 'approved', deny: 'denied', fraud: 'fraud' } as const satisfies Record<Decision, ResultKind>

export function useDecide({ account, request }: Asking, onResult: (kind: ResultKind, number: string | null) => void) {
  const { drop } = useModel()
  const [isSending, setSending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  const remember = (result: PastRequest['result']) => {
    const { id, application, username, place } = request
    return vault.addHistory({ id, application, username, place, at: Date.now(), result })
  }
  const send = async (decision: Decision, number: string | null, pin: string | null) => {
    setSending(true)
    setProblem(null)
    try {
      const answer = await decide(account, request, { decision, number, pin })
      if (answer.outcome === 'wrong-pin') {
        setProblem(t('app.problem.wrong-pin'))
        return
      }
      const result = answer.outcome === 'taken' ? done[decision] : answer.outcome
      await remember(answer.outcome === 'taken' ? done[decision] : 'failed')
      onResult(result, answer.number)
      drop(request.id)
    } catch (error) {
      setProblem(problemWords(error))
    } finally {
      setSending(false)
    }
  }
  return { send, isSending, problem }
}
