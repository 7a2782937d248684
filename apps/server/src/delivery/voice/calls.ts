/** Calls under way, and the judgement of their keys: each turn once, however often a gateway asks about it. */
import type { GatewayNews } from '../core/gateway.ts'
import type { CallJob } from '../../bus/delivery-jobs.ts'
import type { JudgeKeys } from '../types.ts'

type Verdict = Awaited<ReturnType<JudgeKeys>>
/** `over`: no call of that name is under way, or not at that turn. */
export type TurnAnswer = Verdict | 'over'

export interface Calls {
  begin(job: CallJob): void
  /** The job, while keys still count. */
  open(jobId: string): CallJob | undefined
  /** @param turn from 1; what was answered to a turn already is answered again */
  judge(jobId: string, turn: number, keys: string): Promise<TurnAnswer>
  /** Undefined where this ended already. */
  end(jobId: string): CallJob | undefined
}

export const mostTurns = 3
const mostCalls = 50_000
const judgeWithinMs = 5_000

interface Call {
  readonly job: CallJob
  readonly turns: Promise<TurnAnswer>[]
  isEnded: boolean
}

export function createCalls({ clock, judgeKeys }: Pick<GatewayNews, 'clock' | 'judgeKeys'>): Calls {
  const calls = new Map<string, Call>()
  const isOpen = ({ job }: Call) => job.deadlineMs > clock()
  const forgetPast = () => {
    for (const [id, call] of calls) {
      if (isOpen(call) && calls.size < mostCalls) break
      calls.delete(id)
    }
  }
  return {
    begin(job) {
      forgetPast()
      calls.set(job.id, { job, turns: [], isEnded: false })
    },
    open(jobId) {
      const call = calls.get(jobId)
      return call !== undefined && isOpen(call) ? call.job : undefined
    },
    async judge(jobId, turn, keys) {
      const call = calls.get(jobId)
      if (call === undefined || !isOpen(call)) return 'over'
      const present = call.turns[turn - 1]
      if (present !== undefined) return present
      if (turn !== call.turns.length + 1 || turn > mostTurns) return 'over'
      // Only who was asked again has another turn.
      const before = call.turns.at(-1)
      const verdict = (async (): Promise<TurnAnswer> => {
        if (before !== undefined && (await before) !== 'again') return 'over'
        return within(judgeKeys({ jobId, keys }))
      })()
      call.turns.push(verdict)
      return verdict
    },
    end(jobId) {
      const call = calls.get(jobId)
      if (call === undefined || call.isEnded) return undefined
      call.isEnded = true
      return call.job
    },
  }
}

async function within(judgement: Promise<Verdict>): Promise<Verdict> {
  let timer: NodeJS.Timeout | undefined
  const overdue = new Promise<Verdict>((resolve) => {
    timer = setTimeout(() => resolve('refused'), judgeWithinMs)
  })
  try {
    return await Promise.race([judgement, overdue])
  } catch {
    return 'refused'
  } finally {
    clearTimeout(timer)
  }
}
