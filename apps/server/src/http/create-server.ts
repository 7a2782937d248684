/** The Fastify instance that console and portal start from: who asks, what is logged, HTTP or HTTPS. */
import { randomUUID } from 'node:crypto'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'

interface ServerOptions {
  /** Absent: nothing is logged. */
  readonly logger?: FastifyBaseLogger
  /** PEM of the certificate chain and its key: HTTPS is served. Absent: HTTP. */
  readonly tls?: { readonly certificate: Buffer; readonly key: Buffer }
  /** True: one proxy stands in front and says who asks (X-Forwarded-For, -Proto, -Host). */
  readonly trustProxy: boolean
  /** Octets of a body; 256 KiB unless told. */
  readonly bodyLimit?: number
}

export function createServer({ logger, tls, trustProxy, bodyLimit = 256 * 1024 }: ServerOptions): FastifyInstance {
  const options = {
    ...(logger === undefined ? {} : { loggerInstance: logger }),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    // One proxy: its word about the caller counts, what the caller says about itself does not.
    trustProxy: (_address: string, hop: number) => trustProxy && hop === 0,
    bodyLimit,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 200 },
  }
  if (tls === undefined) return Fastify(options)
  const { certificate: cert, key } = tls
  // The type tells the two servers apart; nothing that is registered here does.
  return Fastify({ ...options, https: { cert, key, minVersion: 'TLSv1.2' } })
}
