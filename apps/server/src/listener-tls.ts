/** How console and portal are served: over TLS with the certificate that was chosen, which is looked at again each minute, or without. */
import type { CertifiedListener } from '@sallyport/contract'
import type { Store } from '@sallyport/store'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { ListenerControl } from './bus/listener-control.ts'
import { openListenerCertificate, type Served } from './certificates/listener-certificate.ts'
import { wantedCertificate } from './certificates/wanted-certificate.ts'
import type { ListenerConfig } from './config.ts'

const everyMs = 60_000

export interface ListenerTls {
  readonly options: {
    readonly tls?: { readonly certificate: Buffer; readonly key: Buffer }
    readonly trustProxy: boolean
    readonly secureCookies: boolean
  }
  readonly control: ListenerControl
  /** Takes another certificate up until the app is closed. */
  readonly keepUp: (app: FastifyInstance) => void
}

interface Parts {
  readonly store: Pick<Store, 'listenerCertificates'>
  readonly part: CertifiedListener
  readonly logger: Pick<Logger, 'info' | 'error'>
}

export async function listenerTls(
  config: ListenerConfig & { readonly publicUrl: string | null },
  { store, part, logger }: Parts,
): Promise<ListenerTls> {
  const { tls, behindTlsProxy, address, publicUrl } = config
  const names = namesOf(config)
  const certificates = await openListenerCertificate({
    async find() {
      try {
        return await wantedCertificate(tls, await store.listenerCertificates.settings(part))
      } catch (error) {
        // Never without TLS because of what cannot be opened; and never without a console.
        const why = error instanceof Error ? error.message : String(error)
        return { source: 'pasted', problem: `The certificate that was chosen cannot be opened: ${why}.` }
      }
    },
    names,
    clock: () => new Date(),
    onTakenUp: (fingerprint) => logger.info({ part, fingerprint }, 'another certificate is served'),
    onProblem: (message) => logger.error({ part }, message),
  })
  let served: Served | undefined
  let port = config.port
  const proxied = { trustProxy: behindTlsProxy, secureCookies: behindTlsProxy || certificates !== null }
  return {
    options:
      certificates === null
        ? proxied
        : {
            ...proxied,
            tls: {
              certificate: Buffer.from(certificates.first.certificatePem),
              key: Buffer.from(certificates.first.keyPem),
            },
          },
    control: {
      ...{ address, publicUrl, behindTlsProxy, names, environment: tls },
      port: () => port,
      present: () => certificates?.present() ?? null,
      async takeUp() {
        if (served !== undefined) await certificates?.check(served)
      },
    },
    keepUp(app) {
      const { server } = app
      server.on('listening', () => {
        const bound = server.address()
        if (bound !== null && typeof bound === 'object') ({ port } = bound)
      })
      // Always so where there is TLS; the type does not know.
      if (certificates === null || !('setSecureContext' in server)) return
      const over = server as Served
      served = over
      const timer = setInterval(() => {
        certificates.check(over).catch((error: unknown) => {
          logger.error({ part, error }, 'another certificate was not taken up')
        })
      }, everyMs)
      timer.unref()
      app.addHook('onClose', () => {
        clearInterval(timer)
        return Promise.resolve()
      })
    },
  }
}

/** By which browsers look for it, the likeliest first. */
function namesOf({ publicUrl, address }: ListenerConfig & { readonly publicUrl: string | null }) {
  const host = publicUrl === null ? 'localhost' : new URL(publicUrl).hostname.replaceAll(/^\[|\]$/gu, '')
  const isAny = address === '0.0.0.0' || address === '::'
  const names = new Set([host, 'localhost', ...(isAny ? [] : [address])])
  return [...names] as [string, ...string[]]
}
