/**
 * One job, several gateways in order, inside the job's time. The rule: the next gateway is asked only once the one before has refused, or
 * its own window has passed without an answer, so that a person gets two messages only where nobody could know about the first.
 */
import type { Delivered, GatewayProblem } from '../../bus/delivery-jobs.ts'
import { unknown, type Attempt, type Gateway } from './gateway.ts'
import type { Health } from './health.ts'

export interface Member<Job> {
  readonly id: string
  readonly name: string
  /** Milliseconds that one try may take where there is time enough. */
  readonly timeoutMs: number
  readonly gateway: Gateway<Job>
  readonly health: Health
}

export type Outcome = Delivered & {
  /** Who took it, under which names; of those who sent it. */
  readonly by?: { readonly gatewayId: string; readonly references: readonly string[] }
}

/** Less time than this is no try. */
const leastWindowMs = 200
/** A gateway that is silent for this long is slow. */
const fairWindowMs = 1000
/** What a gateway gets to tell what it knows, once its window has ended. */
const settleMs = 250

export async function deliver<Job extends { readonly deadlineMs: number }>(
  job: Job,
  members: readonly Member<Job>[],
  clock: () => number,
): Promise<Outcome> {
  if (members.length === 0) return failed([{ gateway: '', problem: 'No gateway of this kind is enabled.' }], false)
  const problems: GatewayProblem[] = []
  let mayFareBetter = false
  const order = inOrder(members)
  for (const [index, member] of order.entries()) {
    const leftMs = job.deadlineMs - clock()
    // Each that is still to come gets its share, so that a slow first one leaves time for a second.
    const windowMs = Math.min(member.timeoutMs, leftMs / (order.length - index))
    if (windowMs < leastWindowMs) {
      problems.push({ gateway: member.name, problem: 'No time was left to ask it.' })
      mayFareBetter = true
      continue
    }
    const attempt = await tryOne(job, member, windowMs)
    // A job with hardly any time left says little about the gateway.
    if (attempt.kind !== 'unknown' || windowMs >= Math.min(member.timeoutMs, fairWindowMs)) member.health.note(attempt)
    if (attempt.kind === 'taken') {
      const { references } = attempt
      const by = { gatewayId: member.id, references }
      return { kind: 'sent', gateway: member.name, reference: references[0] ?? '', by }
    }
    problems.push({ gateway: member.name, problem: attempt.problem })
    mayFareBetter ||= attempt.kind === 'unknown' || !attempt.permanent
  }
  return failed(problems, mayFareBetter)
}

/** Those that rest come last, each group in the administrator's order. */
function inOrder<Job>(members: readonly Member<Job>[]): readonly Member<Job>[] {
  const first = new Set(members.filter(({ health }) => health.mayGoFirst()))
  return [...first, ...members.filter((member) => !first.has(member))]
}

/** Asks one gateway for at most its window. */
export async function tryOne<Job>(
  job: Job,
  { gateway }: Pick<Member<Job>, 'gateway'>,
  windowMs: number,
): Promise<Attempt> {
  const window = new AbortController()
  const timers: NodeJS.Timeout[] = []
  const overdue = new Promise<Attempt>((resolve) => {
    timers.push(setTimeout(() => window.abort(), windowMs))
    timers.push(setTimeout(() => resolve(unknown(tooLate(windowMs))), windowMs + settleMs))
  })
  try {
    return await Promise.race([gateway.send(job, { signal: window.signal, windowMs }), overdue])
  } catch (error) {
    // A gateway that throws is a bug of ours: whether it had sent is not known.
    return unknown(`It could not be asked: ${error instanceof Error ? error.message : 'unknown error'}.`)
  } finally {
    timers.forEach(clearTimeout)
    window.abort()
  }
}

export function tooLate(windowMs: number): string {
  return `It did not answer within ${(windowMs / 1000).toFixed(1)} s.`
}

function failed(problems: readonly GatewayProblem[], retryable: boolean): Outcome {
  return { kind: 'failed', problems, retryable }
}
