/** `/metrics` for Prometheus, to whoever shows the token; without a token there is nothing here. */
import { timingSafeEqual } from 'node:crypto'
import type { Store } from '@sallyport/store'
import type { FastifyInstance } from 'fastify'
import type { DeliveryControl } from '../../bus/delivery-control.ts'
import type { LogForwardingControl } from '../../bus/log-forwarding-control.ts'
import type { EngineControl } from '../../bus/notices.ts'
import { statusOf } from '../engine-view.ts'
import { ApiProblem } from '../problems.ts'
import { hashOfToken } from '../session/token-hash.ts'
import { contentType, exposition } from './exposition.ts'
import { metricsOf } from './metrics.ts'

export interface MetricsDependencies {
  readonly store: Pick<Store, 'metricsToken' | 'logReceivers' | 'gateways'>
  readonly engine: EngineControl
  readonly delivery: Pick<DeliveryControl, 'health'>
  readonly logForwarding: Pick<LogForwardingControl, 'states'>
  readonly version: string
  readonly startedAt: Date
}

export const metricsPath = '/metrics'
/** A scraper asks every few seconds; whoever guesses does not get far. */
const perMinute = 120

export function serveMetrics(app: FastifyInstance, dependencies: MetricsDependencies): void {
  const { store, engine, delivery, logForwarding, version, startedAt } = dependencies
  app.route({
    method: 'GET',
    url: metricsPath,
    schema: { hide: true },
    config: { rateLimit: { max: perMinute, timeWindow: 60_000 } },
    handler: async (request, reply) => {
      const hash = await store.metricsToken.hash()
      if (hash === null) throw new ApiProblem('not-found', { detail: 'Metrics are off.' })
      if (!isShown(request.headers.authorization, hash)) {
        void reply.header('www-authenticate', 'Bearer realm="metrics"')
        throw new ApiProblem('sign-in-required', { detail: 'Metrics want their own bearer token.' })
      }
      const [status, receivers, gateways] = await Promise.all([
        statusOf(engine),
        store.logReceivers.list(),
        store.gateways.list(),
      ])
      const text = exposition(
        metricsOf({
          ...{ version, startedAt, engine: status },
          gateways: named(delivery.health(), gateways),
          logReceivers: named(logForwarding.states(), receivers),
          pending: engine.pending(0).total,
          residentBytes: process.memoryUsage.rss(),
        }),
      )
      return reply.header('content-type', contentType).header('cache-control', 'no-store').send(text)
    },
  })
}

/** With the names of what they are about; what is gone meanwhile is left out. */
function named<Each extends { readonly id: string }>(
  states: readonly Each[],
  rows: readonly { readonly id: string; readonly name: string }[],
): readonly (Each & { readonly name: string })[] {
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  return states.flatMap((state) => {
    const name = names.get(state.id)
    return name === undefined ? [] : [{ ...state, name }]
  })
}

/** RFC 6750 §2.1. */
function isShown(authorization: string | undefined, hash: string): boolean {
  const [, token = ''] = /^Bearer ([\w.~+/=-]{1,200})$/i.exec(authorization ?? '') ?? []
  return timingSafeEqual(Buffer.from(hashOfToken(token)), Buffer.from(hash))
}
