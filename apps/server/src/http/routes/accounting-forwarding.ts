/** Accounting on its way to the servers of the target, as the console shows it. */
import type { AccountingForwardingView, api } from '@sallyport/contract'
import type { Store } from '@sallyport/store'
import type { EngineControl, ForwardingStatus } from '../../bus/notices.ts'
import { statusOf } from '../engine-view.ts'
import type { Handlers } from '../handlers.ts'
import { ApiProblem } from '../problems.ts'

export interface AccountingForwardingRouteDependencies {
  readonly store: Pick<Store, 'audit'>
  readonly engine: EngineControl
}

export function accountingForwardingHandlers({
  store,
  engine,
}: AccountingForwardingRouteDependencies): Handlers<typeof api.accountingForwarding> {
  const current = async () => {
    const forwarding = (await statusOf(engine))?.forwarding
    if (!forwarding) throw new ApiProblem('unavailable', { detail: 'What forwards accounting does not answer.' })
    return forwarding
  }
  return {
    read: async () => forwardingView(await current()),
    async discard({ caller }) {
      const { rows, oldestAtMs } = await current()
      if (rows > 0) {
        // First: nobody gives up records without a trace.
        await store.audit.noteOutboxDiscarded({ records: rows, since: timeOf(oldestAtMs) }, caller.actor)
        await engine.discardOutbox()
      }
      return forwardingView(await current())
    },
  }
}

function forwardingView(status: ForwardingStatus): AccountingForwardingView {
  const { rows, limit, oldestAtMs, waitingSessions, servers } = status
  return {
    waiting: rows,
    limit,
    since: rows === 0 ? null : timeOf(oldestAtMs),
    refusedSessions: waitingSessions,
    taken: servers.length > 0,
  }
}

function timeOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}
