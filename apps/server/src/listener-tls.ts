/** How console and portal are served: over TLS with the certificate of their files, which is read again each minute, or without. */
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { openListenerCertificate } from './certificates/listener-certificate.ts'
import type { ListenerConfig } from './config.ts'

const everyMs = 60_000

export interface ListenerTls {
  readonly options: {
    readonly tls?: { readonly certificate: Buffer; readonly key: Buffer }
    readonly trustProxy: boolean
    readonly secureCookies: boolean
  }
  /** Takes renewed files up until the app is closed. */
  readonly keepUp: (app: FastifyInstance) => void
}

/** @param name where browsers look for it, for a certificate that has to stand in */
export async function listenerTls(
  { tls, behindTlsProxy, address }: ListenerConfig,
  { part, name, logger }: { readonly part: string; readonly name: string | null; readonly logger: Logger },
): Promise<ListenerTls> {
  const proxied = { trustProxy: behindTlsProxy, secureCookies: behindTlsProxy || tls !== null }
  if (tls === null) return { options: proxied, keepUp: () => undefined }
  const certificates = await openListenerCertificate({
    files: tls,
    names: [name ?? 'localhost', ...(name === null ? [] : ['localhost']), ...(isAny(address) ? [] : [address])],
    clock: () => new Date(),
    onTakenUp: (fingerprint) => logger.info({ part, fingerprint }, 'a renewed certificate is served'),
    onProblem: (message) => logger.error({ part }, message),
  })
  const { certificatePem, keyPem } = certificates.first
  return {
    options: { ...proxied, tls: { certificate: Buffer.from(certificatePem), key: Buffer.from(keyPem) } },
    keepUp(app) {
      const { server } = app
      const check = () => {
        // Always so where there is TLS; the type does not know.
        if (!('setSecureContext' in server)) return
        certificates.check(server as Parameters<typeof certificates.check>[0]).catch((error: unknown) => {
          logger.error({ part, error }, 'a renewed certificate was not taken up')
        })
      }
      const timer = setInterval(check, everyMs)
      timer.unref()
      app.addHook('onClose', () => {
        clearInterval(timer)
        return Promise.resolve()
      })
    },
  }
}

/** No address that anybody could look for. */
function isAny(address: string): boolean {
  return address === '0.0.0.0' || address === '::'
}
