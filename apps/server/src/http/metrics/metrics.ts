/** What the metrics say: numbers of the server, by client, server and thread; never a person. */
import type { LogReceiverState } from '../../bus/log-forwarding-control.ts'
import type { EngineStatus } from '../../bus/notices.ts'
import type { Metric, Sample } from './exposition.ts'

export interface Measured {
  readonly version: string
  readonly startedAt: Date
  /** Null where the engine does not answer. */
  readonly engine: EngineStatus | null
  /** People who are being asked. */
  readonly pending: number
  /** With the names that administrators gave them. */
  readonly gateways: readonly { readonly name: string; readonly state: 'unknown' | 'up' | 'suspect' }[]
  readonly logReceivers: readonly (LogReceiverState & { readonly name: string })[]
  readonly residentBytes: number
}

const states = ['unknown', 'up', 'suspect', 'down'] as const
const results = ['accepted', 'rejected', 'challenged', 'unanswered'] as const

export function metricsOf(measured: Measured): readonly Metric[] {
  const { version, startedAt, engine, pending, residentBytes } = measured
  return [
    gauge('sallyport_info', 'The release that runs.', [{ value: 1, labels: { version } }]),
    gauge('process_start_time_seconds', 'When the server started, in seconds since 1970.', [
      { value: startedAt.getTime() / 1000 },
    ]),
    gauge('process_resident_memory_bytes', 'Memory of the server, all threads.', [{ value: residentBytes }]),
    gauge('sallyport_engine_up', '1 while the sign-in engine answers.', [{ value: engine === null ? 0 : 1 }]),
    gauge('sallyport_pending_people', 'People who are being asked for a second factor.', [{ value: pending }]),
    ...(engine === null ? [] : engineMetrics(engine)),
    ...gatewayMetrics(measured.gateways),
    ...receiverMetrics(measured.logReceivers),
  ]
}

function engineMetrics(engine: EngineStatus): readonly Metric[] {
  const { signIns, drops, targetServers, forwarding, threads } = engine
  const one = (value: number): readonly Sample[] => [{ value }]
  return [
    counter(
      'sallyport_sign_ins_total',
      'Answers to sign-ins by RADIUS client; a challenged one counts once as such and once as it ended.',
      signIns.clients.flatMap(({ client, ...counts }) =>
        results.map((result) => ({ value: counts[result], labels: { client, result } })),
      ),
    ),
    durations(signIns),
    counter(
      'sallyport_dropped_datagrams_total',
      'Datagrams that met silence, by reason.',
      Object.entries(drops).map(([reason, value]) => ({ value, labels: { reason } })),
    ),
    gauge('sallyport_requests_in_flight', 'Sign-ins in the engine’s hands.', one(engine.inFlight)),
    gauge('sallyport_open_challenges', 'Challenges that wait for their answer.', one(engine.openChallenges)),
    gauge('sallyport_log_writable', '0 while sign-ins are refused for want of a log.', one(engine.logWritable ? 1 : 0)),
    gauge(
      'sallyport_sockets_listening',
      'RADIUS sockets that listen, and those that should.',
      ['listening', 'failed'].map((state) => ({
        value: engine.sockets.filter((socket) => socket.state === state).length,
        labels: { state },
      })),
    ),
    gauge(
      'sallyport_target_state',
      'How each server of the target does: 1 at its state.',
      byName(targetServers.map(({ server, state }) => [server, state] as const)),
    ),
    gauge('sallyport_accounting_waiting', 'Accounting records that wait to be forwarded.', one(forwarding?.rows ?? 0)),
    counter(
      'sallyport_thread_active_seconds_total',
      'Time that each thread had work.',
      threads.map(({ thread, activeMs }) => ({ value: activeMs / 1000, labels: { thread } })),
    ),
    counter(
      'sallyport_thread_idle_seconds_total',
      'Time that each thread waited.',
      threads.map(({ thread, idleMs }) => ({ value: idleMs / 1000, labels: { thread } })),
    ),
  ]
}

function durations({ buckets, seconds, count }: EngineStatus['signIns']): Metric {
  let below = 0
  const cumulative = buckets.map(({ upTo, count: here }): Sample => {
    below += here
    return { suffix: '_bucket', value: below, labels: { le: String(upTo) } }
  })
  return {
    name: 'sallyport_sign_in_duration_seconds',
    type: 'histogram',
    help: 'From a request to the answer that ended it; whoever is asked on the way takes their time.',
    samples: [
      ...cumulative,
      { suffix: '_bucket', value: count, labels: { le: '+Inf' } },
      { suffix: '_sum', value: seconds },
      { suffix: '_count', value: count },
    ],
  }
}

function gatewayMetrics(gateways: Measured['gateways']): readonly Metric[] {
  const samples = byName(gateways.map(({ name, state }) => [name, state] as const))
  return [gauge('sallyport_gateway_state', 'How each gateway does: 1 at its state.', samples)]
}

function receiverMetrics(receivers: Measured['logReceivers']): readonly Metric[] {
  const of = (value: (receiver: LogReceiverState) => number): readonly Sample[] =>
    receivers.map((receiver) => ({ value: value(receiver), labels: { receiver: receiver.name } }))
  return [
    gauge(
      'sallyport_log_receiver_up',
      '1 unless the receiver fails.',
      of(({ state }) => (state === 'failing' ? 0 : 1)),
    ),
    gauge(
      'sallyport_log_receiver_waiting',
      'Events that wait for the receiver.',
      of(({ waiting }) => waiting),
    ),
    counter(
      'sallyport_log_receiver_sent_total',
      'Events that the receiver took.',
      of(({ sent }) => sent),
    ),
    counter(
      'sallyport_log_receiver_lost_total',
      'Events that were given up: too many waited.',
      of(({ lost }) => lost),
    ),
  ]
}

/** A name may be there twice only where it means the same: the format allows each series once. */
function byName(named: readonly (readonly [name: string, state: string])[]): readonly Sample[] {
  return [...new Map(named)].flatMap(([name, now]) =>
    states.map((state) => ({ value: state === now ? 1 : 0, labels: { name, state } })),
  )
}

function gauge(name: string, help: string, samples: readonly Sample[]): Metric {
  return { name, type: 'gauge', help, samples }
}

function counter(name: string, help: string, samples: readonly Sample[]): Metric {
  return { name, type: 'counter', help, samples }
}
