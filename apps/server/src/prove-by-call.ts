/** Calls that prove a phone number: the code that the person's screen shows is keyed in during the call, or the call proves nothing. */
import type { Store } from '@sallyport/store'
import { proofCallPrefix, proofTriesAtMost } from './bus/portal-reach.ts'
import type { DeliveryNews, JudgeKeys } from './delivery/types.ts'
import { isProofCode } from './passwords/proof-code.ts'

export interface ProofCalls {
  readonly judgeKeys: JudgeKeys
  readonly onNews: (news: DeliveryNews) => void
}

/**
 * Stands before whoever judges the calls of sign-ins, and hands on what is theirs.
 * @param onError what came of a call could not be written down
 */
export function proveByCall(
  contacts: Pick<Store['contacts'], 'takeTryInCall' | 'noteCall'>,
  signIns: ProofCalls,
  onError: (error: unknown) => void,
): ProofCalls {
  return {
    async judgeKeys(keyed) {
      const id = proofOf(keyed.jobId)
      if (id === undefined) return signIns.judgeKeys(keyed)
      const proof = await contacts.takeTryInCall(id, proofTriesAtMost)
      if (proof === null) return 'refused'
      if (!isProofCode(proof.code, keyed.keys)) return proof.tries < proofTriesAtMost ? 'again' : 'refused'
      await contacts.noteCall(id, 'keyed')
      return 'accepted'
    },
    onNews(news) {
      const id = news.jobId === null ? undefined : proofOf(news.jobId)
      if (id === undefined) signIns.onNews(news)
      else if (news.kind === 'call' && news.event !== 'answered') contacts.noteCall(id, 'over').catch(onError)
    },
  }
}

function proofOf(jobId: string): string | undefined {
  return jobId.startsWith(proofCallPrefix) ? jobId.slice(proofCallPrefix.length) : undefined
}
