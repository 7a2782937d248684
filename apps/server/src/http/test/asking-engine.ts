/** An engine that asks whom a test tells it to, and remembers what was decided; for tests of those who deliver and decide. */
import { randomUUID } from 'node:crypto'
import type { ConfigNotice, EngineControl } from '../../bus/notices.ts'
import type {
  DecisionOutcome,
  PendingDecision,
  PendingNews,
  PendingOutcome,
  PendingRequest,
} from '../../bus/pending.ts'

export interface AskingEngine {
  readonly control: EngineControl
  /** Asks somebody; answers the request. */
  readonly ask: (request: Partial<PendingRequest>) => PendingRequest
  readonly end: (id: string, outcome: PendingOutcome) => void
  /** Every decision that reached the engine, in order. */
  readonly decided: readonly PendingDecision[]
  /** What the next decisions come to; `taken` unless told. */
  readonly answerWith: (outcome: DecisionOutcome) => void
  /** What it was told, in order. */
  readonly notices: ConfigNotice[]
  /** Users of whom the engine was told that something changed. */
  readonly changed: readonly string[]
}

export function createAskingEngine(now: () => Date): AskingEngine {
  const open = new Map<string, PendingRequest>()
  const listeners = new Set<(news: PendingNews) => void>()
  const decided: PendingDecision[] = []
  const changed: string[] = []
  const notices: ConfigNotice[] = []
  let answer: DecisionOutcome = 'taken'
  const tell = (news: PendingNews) => {
    for (const listener of listeners) listener(news)
  }
  const end = (id: string, outcome: PendingOutcome) => {
    const { deviceIds = [] } = open.get(id) ?? {}
    open.delete(id)
    tell({ kind: 'closed', id, outcome, deviceIds })
  }
  const silent = () => Promise.reject(new Error('This engine only asks.'))
  return {
    decided,
    changed,
    notices,
    end,
    answerWith: (outcome) => (answer = outcome),
    ask(given) {
      const startedAtMs = now().getTime()
      const request: PendingRequest = {
        id: randomUUID(),
        signInId: randomUUID(),
        ...{ userId: randomUUID(), username: 'alice', method: 'push', clientId: randomUUID() },
        ...{ applicationName: 'VPN', callingStation: '198.51.100.7', startedAtMs, expiresAtMs: startedAtMs + 60_000 },
        ...{ matching: { kind: 'none' }, withPin: false, deviceIds: [] },
        ...given,
      }
      open.set(request.id, request)
      tell({ kind: 'opened', pending: request })
      return request
    },
    control: {
      configChanged: async (notice) => {
        notices.push(notice)
        if (notice.topic === 'users') changed.push(...notice.ids)
        return Promise.resolve()
      },
      status: silent,
      openTestPort: silent,
      portalPort: { host: '127.0.0.1', port: 9, secret: 'nobody listens' },
      onPortalDecided: () => () => undefined,
      discardOutbox: () => Promise.resolve(),
      pending: (atMost) => ({ total: open.size, first: [...open.values()].slice(0, atMost) }),
      questions: () => Promise.resolve({ total: 0, first: [] }),
      pendingOf: (id) => open.get(id),
      onPending(listener) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
      onOrder: () => () => undefined,
      wired: () => undefined,
      callEnded: () => undefined,
      decide(decision) {
        decided.push(decision)
        if (answer === 'taken') end(decision.id, decision.decision === 'approve' ? 'approved' : 'denied')
        return Promise.resolve(answer)
      },
    },
  }
}
