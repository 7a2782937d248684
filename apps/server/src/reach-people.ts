/** Between the engine and the room that reaches people: orders go out, and replies, keys and the ends of calls come back as decisions. */
import type { DeliveryKind, DecisionOutcome, PendingControl, PendingDecision, PendingRequest } from './bus/pending.ts'
import type { CallJob, Delivered } from './bus/delivery-jobs.ts'
import type { Delivery, DeliveryNews, GatewayKind, JudgeKeys } from './delivery/types.ts'

export interface PeopleReached {
  /** For the room: what it hears from people. */
  readonly onNews: (news: DeliveryNews) => void
  readonly judgeKeys: JudgeKeys
  /** Takes the orders of the kinds that the room has gateways for now; to be called again when they change. */
  readonly serve: (room: Pick<Delivery, 'text' | 'call' | 'mail' | 'health' | 'expectReply'>) => void
}

interface ReplyAwaited {
  readonly from: string
  readonly id: string
  readonly untilMs: number
}

type Engine = Pick<PendingControl, 'decide' | 'pending' | 'onPending' | 'onOrder' | 'callEnded'>
type Room = Parameters<PeopleReached['serve']>[0]

const orderKinds = { sms: 'text', voice: 'call', mail: 'mail' } as const satisfies Record<GatewayKind, DeliveryKind>

/** @param onError a decision that could not be brought to the engine */
export function reachPeople(engine: Engine, onError: (error: unknown) => void): PeopleReached {
  /** By request, the call that is made for it now: its job's id is another one where the backup phone rings. */
  const calls = new Map<string, CallJob>()
  const served = new Map<GatewayKind, () => void>()
  /** Texts that were sent before a restart: their replies count, also before the room is there. */
  let awaited: ReplyAwaited[] = []
  let expectReply = (reply: ReplyAwaited): void => void awaited.push(reply)
  const note = ({ id, repliesFrom, expiresAtMs }: PendingRequest) => {
    if (repliesFrom !== undefined) expectReply({ from: repliesFrom, id, untilMs: expiresAtMs })
  }
  engine.onPending((news) => {
    if (news.kind === 'opened') note(news.pending)
    else calls.delete(news.id)
  })
  // Of those alone who were asked before this process began: their number is bounded by the engine.
  engine.pending(Number.POSITIVE_INFINITY).first.forEach(note)

  const decide = (
    id: string,
    by: PendingDecision['by'],
    decision: 'approve' | 'fraud',
    said: { readonly number?: string; readonly pin?: string },
  ): Promise<DecisionOutcome> => engine.decide({ id, by, decision, number: said.number ?? null, pin: said.pin ?? null })

  const serveKind = (kind: GatewayKind, room: Room): (() => void) => {
    switch (orderKinds[kind]) {
      case 'text':
        return engine.onOrder('text', ({ job }) => room.text(job))
      case 'mail':
        return engine.onOrder('mail', ({ job }) => room.mail(job))
      case 'call':
        return engine.onOrder('call', ({ id, job }): Promise<Delivered> => {
          calls.set(id, job)
          return room.call(job)
        })
    }
  }

  return {
    onNews(news) {
      if (news.kind === 'reply' && news.jobId !== null) {
        decide(news.jobId, { kind: 'text', from: news.from }, 'approve', { number: news.text }).catch(onError)
      }
      if (news.kind === 'call' && news.event !== 'answered') {
        const id = requestOf(news.jobId)
        // The end of the first call says nothing once the backup phone rings.
        if (calls.get(id)?.id === news.jobId) engine.callEnded(id, news.event)
      }
    },
    async judgeKeys({ jobId, keys }) {
      const id = requestOf(jobId)
      const job = calls.get(id)
      if (job?.id !== jobId) return 'refused'
      const by = { kind: 'call' } as const
      if (job.fraudCode !== null && keys === job.fraudCode) {
        return (await decide(id, by, 'fraud', {})) === 'taken' ? 'fraud' : 'refused'
      }
      if (job.mode === 'press-hash' && keys !== '') return 'again'
      const outcome = await decide(id, by, 'approve', job.mode === 'pin' ? { pin: keys } : {})
      if (outcome === 'taken') return 'accepted'
      // It goes on while the request does: the third wrong PIN ends it.
      return outcome === 'wrong-pin' && calls.has(id) ? 'again' : 'refused'
    },
    serve(room) {
      expectReply = ({ from, id, untilMs }) => room.expectReply(from, id, untilMs)
      awaited.forEach(expectReply)
      awaited = []
      const present = new Set(room.health().map(({ kind }) => kind))
      for (const [kind, release] of served) {
        if (present.has(kind)) continue
        served.delete(kind)
        release()
      }
      for (const kind of present) if (!served.has(kind)) served.set(kind, serveKind(kind, room))
    },
  }
}

function requestOf(jobId: string): string {
  return jobId.split('.', 1)[0] ?? jobId
}
