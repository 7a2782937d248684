/** What the portal's HTTP application is made from; the composition root hands it in. */
import type { AppKeys, Store } from '@sallyport/store'
import type { FastifyBaseLogger } from 'fastify'
import type { CallbackControl } from '../bus/gateway-callbacks.ts'
import type { MailJob } from '../bus/delivery-jobs.ts'
import type { Asked } from '../bus/asked.ts'
import type { EngineControl } from '../bus/notices.ts'
import type { PortalReach } from '../bus/portal-reach.ts'
import type { EventStreams } from './app/event-streams.ts'
import type { Refusals } from './app/refusals.ts'

export interface PortalDependencies {
  readonly store: Store
  readonly engine: EngineControl
  readonly callbacks: CallbackControl
  readonly reach: PortalReach
  readonly asked: Asked
  /** Apps that are open. */
  readonly streams: EventStreams
  readonly refusals: Refusals
  readonly appKeys: Pick<AppKeys, 'vapidPublicKey' | 'requestKey'>
  /** Why this endpoint of a device cannot be pushed to; undefined: it can. */
  readonly pushProblem: (endpoint: string) => string | undefined
  /** Where people's browsers and phones find the portal: an origin. */
  readonly portalUrl: () => string
  /** Tells somebody of something by mail, where there is a gateway for it; nobody waits for it. */
  readonly mail: (job: MailJob) => void
  readonly clock: () => Date
  /** Absent: nothing is logged. */
  readonly logger?: FastifyBaseLogger
  /** The built portal; absent: the API alone is served. */
  readonly portalDir?: string
  readonly startedAt: Date
  /** True: one proxy stands in front and says who asks (X-Forwarded-For, -Proto, -Host). */
  readonly trustProxy: boolean
  /** PEM of the certificate chain and its key: HTTPS is served. Absent: HTTP. */
  readonly tls?: { readonly certificate: Buffer; readonly key: Buffer }
  /** True: browsers reach the portal by HTTPS; cookies carry `Secure` and HSTS is sent. */
  readonly secureCookies: boolean
  /** Unpredictable octets; node:crypto's unless given. */
  readonly random?: (lengthBytes: number) => Uint8Array
}
