/** RADIUS over TLS beside the UDP sockets: one port, opened with the certificates that were saved, and what stands in its way. */
import type { RadsecSocket } from '@sallyport/contract'
import { createTlsServer, type Drop, type IncomingRequest, type Listener, type TlsServer } from '@sallyport/radius'
import type { EngineClient, RadsecSettings } from '@sallyport/store/engine'

import { CertificateClients } from './certificate-client.ts'
import { findPortHolder } from '../ports/port-holder.ts'

export interface RadsecPortOptions {
  readonly addresses: readonly string[]
  readonly onRequest: (request: IncomingRequest<EngineClient>) => void
  readonly onDrop: (drop: Drop<EngineClient>) => void
}

export class RadsecPort {
  readonly #options: RadsecPortOptions
  #clients = new CertificateClients([])
  #server: TlsServer | undefined
  #listeners: Listener[] = []
  #states: readonly RadsecSocket[] = []
  /** What is open now, to tell whether anything changed. */
  #open = ''

  constructor(options: RadsecPortOptions) {
    this.#options = options
  }

  get states(): readonly RadsecSocket[] {
    return this.#states
  }

  get dropped(): Readonly<Record<string, number>> {
    return this.#server?.counters.dropped ?? {}
  }

  setClients(clients: readonly EngineClient[]): void {
    this.#clients = new CertificateClients(clients)
  }

  /** Opens, closes, or opens anew with other certificates: connections begin anew then. Null: not served. */
  async apply(settings: RadsecSettings | null): Promise<void> {
    const wanted = settings?.enabled === true && settings.keyPem !== null ? settings : null
    const key = wanted === null ? '' : JSON.stringify({ ...wanted, version: 0 })
    if (key === this.#open && this.#states.every(({ state }) => state === 'listening')) return
    await this.close()
    if (wanted === null) return
    this.#open = key
    try {
      this.#server = this.#create(wanted)
    } catch (error) {
      const problem = `The certificate cannot be used: ${error instanceof Error ? error.message : String(error)}`
      this.#states = [{ family: 'IPv4', state: 'failed', problem }]
      return
    }
    const states: RadsecSocket[] = []
    for (const address of this.#options.addresses) {
      const state = await this.#listen(this.#server, address, wanted.port)
      if (state) states.push(state)
    }
    this.#states = states
  }

  async close(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    this.#listeners = []
    this.#states = []
    this.#open = ''
    await server?.close()
  }

  #create({ certificatePem, keyPem, caPem }: RadsecSettings): TlsServer {
    return createTlsServer<EngineClient>({
      credentials: { certificate: certificatePem, key: keyPem ?? '' },
      ca: caPem,
      clientFor: ({ certificate, address }) => {
        const client = this.#clients.find(certificate, address)
        return (
          client && { client, messageAuthenticator: client.messageAuthenticator === 'require' ? 'require' : 'optional' }
        )
      },
      onRequest: this.#options.onRequest,
      onDrop: this.#options.onDrop,
    })
  }

  async #listen(server: TlsServer, address: string, port: number): Promise<RadsecSocket | undefined> {
    const family = address.includes(':') ? 'IPv6' : 'IPv4'
    try {
      this.#listeners.push(await server.listen({ address, port }))
      return { family, state: 'listening', problem: null }
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      // A machine without IPv6 has no socket to offer, and misses none.
      if (family === 'IPv6' && ['EAFNOSUPPORT', 'EADDRNOTAVAIL'].includes(code)) return undefined
      const holder = code === 'EADDRINUSE' ? ((await findPortHolder(port)) ?? 'another program') : undefined
      const problem = holder
        ? `TCP port ${port} is in use by ${holder}. Stop it, or choose another port here.`
        : `TCP port ${port} could not be opened: ${error instanceof Error ? error.message : String(error)}`
      return { family, state: 'failed', problem }
    }
  }
}
