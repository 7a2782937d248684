/** Log receivers: each change is in force when the answer goes out. */
import type { api, CreateLogReceiverInput, LogReceiverView } from '@sallyport/contract'
import type { LogReceiverRecord, Store } from '@sallyport/store'
import type { LogForwardingControl } from '../../bus/log-forwarding-control.ts'
import { changed } from '../change-problems.ts'
import type { Handlers } from '../handlers.ts'
import { completed, keptSecrets, logReceiverProblems } from '../log-receiver-input.ts'
import { ApiProblem, invalidInput } from '../problems.ts'
import type { Throttle } from '../session/throttle.ts'

export interface LogReceiverRouteDependencies {
  readonly store: Pick<Store, 'logReceivers'>
  readonly logForwarding: LogForwardingControl
  /** Tests make connections: by administrator. */
  readonly throttle: Throttle
}

const gone = 'This receiver does not exist any more.'

export function logReceiverHandlers({
  store,
  logForwarding,
  throttle,
}: LogReceiverRouteDependencies): Handlers<typeof api.logReceivers> {
  const view = (record: LogReceiverRecord) => receiverView(record, logForwarding)
  const words = { view, gone, taken: { name: 'Another receiver has this name.' } }
  const find = async (id: string) => (await store.logReceivers.list()).find((row) => row.id === id)
  const check = (input: CreateLogReceiverInput, present?: LogReceiverRecord) => {
    const problems = logReceiverProblems(input, present)
    if (problems.length > 0) throw invalidInput(...problems)
  }
  return {
    list: async () => ({ rows: (await store.logReceivers.list()).map(view), limit: logForwarding.limit }),
    async create({ body, caller }) {
      const input = completed(body)
      check(input)
      const receiver = changed(await store.logReceivers.create(input, caller.actor), words)
      await logForwarding.receiversChanged()
      return view(receiver)
    },
    async change({ params, body, caller }) {
      const input = completed(body)
      const present = await find(params.id)
      if (present === undefined) throw new ApiProblem('not-found', { detail: gone })
      check(input, present)
      const change = { ...input, keeps: keptSecrets(input, present) }
      const receiver = changed(await store.logReceivers.change(params.id, change, caller.actor), words)
      await logForwarding.receiversChanged()
      return view(receiver)
    },
    async remove({ params, query, caller }) {
      changed(await store.logReceivers.remove(params.id, query.version, caller.actor), words)
      await logForwarding.receiversChanged()
      return undefined
    },
    async test({ params, caller }) {
      const receiver = await find(params.id)
      if (receiver === undefined) throw new ApiProblem('not-found', { detail: gone })
      const retryAfterSeconds = throttle.take(caller.administrator.id)
      if (retryAfterSeconds > 0) {
        throw new ApiProblem('too-many-requests', { detail: 'Too many tests in a short time.', retryAfterSeconds })
      }
      // Before anything is sent, so that nothing is sent unnoted.
      await store.logReceivers.noteTest(receiver.id, caller.actor)
      const result = await logForwarding.test(receiver.id)
      if (result === undefined) {
        throw new ApiProblem('unavailable', { detail: 'The part of the server that sends does not answer.' })
      }
      const { ok } = result
      return { ok, steps: [{ server: receiver.name, step: 'send', ...result }] }
    },
  }
}

function receiverView(record: LogReceiverRecord, logForwarding: LogForwardingControl): LogReceiverView {
  const now = logForwarding.states().find(({ id }) => id === record.id)
  const at = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
  if (now === undefined) return { ...record, progress: null }
  const { state, sinceMs, problem, waiting, oldestAtMs, sent, lost, lastSentAtMs } = now
  return {
    ...record,
    progress: {
      ...{ state, problem, waiting, sent, lost },
      since: new Date(sinceMs).toISOString(),
      behindSince: at(oldestAtMs),
      lastSentAt: at(lastSentAtMs),
    },
  }
}
