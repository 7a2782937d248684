/** What the console's HTTP application is made from; the composition root hands it in. */
import type { Store } from '@sallyport/store'
import type { FastifyBaseLogger } from 'fastify'
import type { DeliveryControl } from '../bus/delivery-control.ts'
import type { DirectorySyncControl } from '../bus/directory-sync-control.ts'
import type { ListenerControls } from '../bus/listener-control.ts'
import type { LogForwardingControl } from '../bus/log-forwarding-control.ts'
import type { EngineControl } from '../bus/notices.ts'
import type { RetentionControl } from '../bus/retention-control.ts'
import type { ProductImportControl } from '../bus/product-import-control.ts'
import type { SavedReportControl } from '../bus/saved-report-control.ts'
import type { SetUpCode } from './session/set-up-code.ts'

export interface ConsoleDependencies {
  readonly store: Store
  readonly engine: EngineControl
  readonly delivery: DeliveryControl
  readonly directorySync: DirectorySyncControl
  readonly logForwarding: LogForwardingControl
  readonly retention: RetentionControl
  readonly savedReports: SavedReportControl
  readonly productImports: ProductImportControl
  /** Console and portal as they are served. */
  readonly listeners: ListenerControls
  /** Where people's browsers find the portal: an origin. */
  readonly portalUrl: () => string
  /** The origin that browsers have the console under, where it is configured: passkeys are bound to it. */
  readonly consoleOrigin?: string
  readonly clock: () => Date
  /** Absent: nothing is logged. */
  readonly logger?: FastifyBaseLogger
  /** The built console; absent: the API alone is served. */
  readonly consoleDir?: string
  readonly setUpCode: SetUpCode
  /** True where the demonstration's sample site runs: only then may a token's present code be shown. */
  readonly sampleSite: boolean
  /** Where Samba's ntlm_auth and wbinfo are; `/usr/bin` unless told. */
  readonly sambaFolder?: string
  readonly version: string
  readonly startedAt: Date
  /** True: one proxy stands in front and says who asks (X-Forwarded-For, -Proto, -Host). */
  readonly trustProxy: boolean
  /** PEM of the certificate chain and its key: HTTPS is served. Absent: HTTP. */
  readonly tls?: { readonly certificate: Buffer; readonly key: Buffer }
  /** True: browsers reach the console by HTTPS; cookies carry `Secure` and HSTS is sent. */
  readonly secureCookies: boolean
  /** Unpredictable octets; node:crypto's unless given. */
  readonly random?: (lengthBytes: number) => Uint8Array
}
