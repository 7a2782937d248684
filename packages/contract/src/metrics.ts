/** Metrics for Prometheus: they are there while there is a token. */
import { z } from 'zod'
import { timestamp } from './common.ts'
import { endpoint } from './endpoint.ts'
import { administratorsOnly, everyRole } from './roles.ts'

export const metricsView = z.object({
  /** On the console's listener. */
  path: z.string(),
  /** When the token was made; null: there is none, and nothing is served. */
  madeAt: timestamp.nullable(),
})
export type MetricsView = z.infer<typeof metricsView>

const tag = 'Metrics'
const path = '/api/metrics-token'

export const metrics = {
  read: endpoint({
    method: 'GET',
    path,
    summary: 'Whether metrics are served.',
    tag,
    access: everyRole,
    response: metricsView,
  }),
  makeToken: endpoint({
    method: 'POST',
    path,
    summary: 'Makes a token for the metrics, shown this once; the one before does not count any more.',
    tag,
    access: administratorsOnly,
    reauthenticate: true,
    response: metricsView.extend({ token: z.string() }),
  }),
  revokeToken: endpoint({
    method: 'DELETE',
    path,
    summary: 'Revokes the token: no metrics are served any more.',
    tag,
    access: administratorsOnly,
  }),
} as const
