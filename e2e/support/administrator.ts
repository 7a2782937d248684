/** Configures a server through its REST API, for tests and benchmarks that are about something else than the console. */
import {
  api,
  type CreateRadiusClientInput,
  type Endpoint,
  type EndpointCall,
  type EndpointResponse,
  type SignInRow,
} from '@sallyport/contract'

import type { Product } from './product.ts'

type Parts<E extends Endpoint> = { [Part in keyof EndpointCall<E>]?: EndpointCall<E>[Part] }

export class Administrator {
  static readonly credentials = { username: 'admin', password: 'correct horse battery staple' } as const
  readonly #url: string
  #cookie = ''

  constructor(consoleUrl: string) {
    this.#url = consoleUrl
  }

  /** Makes the first administrator of a new server and signs them in; from then on the password alone is enough there. */
  static async setUp(product: Pick<Product, 'consoleUrl' | 'setUpCode'>): Promise<Administrator> {
    const administrator = new Administrator(product.consoleUrl)
    await administrator.call(api.session.setUp, { body: { code: product.setUpCode, ...Administrator.credentials } })
    // What is tested is something else than how administrators come in: administrators.spec.ts leaves this as it is delivered.
    const policy = await administrator.call(api.administrators.readPolicy)
    await administrator.call(api.administrators.changePolicy, { body: { ...policy, secondFactorRequired: false } })
    return administrator
  }

  /** Calls an endpoint; rejects with the problem when the answer is not what the contract promises. */
  async call<E extends Endpoint>(
    endpoint: E,
    parts: Parts<E> & { readonly file?: Blob } = {},
  ): Promise<EndpointResponse<E>> {
    const response = await this.#ask(endpoint, parts)
    const [cookie] = response.headers.getSetCookie()
    if (cookie) this.#cookie = cookie.split(';', 1)[0] ?? ''
    const text = await response.text()
    if (response.status === 403 && text.includes('"proof-needed"')) {
      await this.call(api.session.proveAgain, { body: { password: Administrator.credentials.password } })
      return this.call(endpoint, parts)
    }
    if (!response.ok) throw new Error(`${endpoint.method} ${endpoint.path}: ${response.status} ${text}`)
    return (text === '' ? undefined : JSON.parse(text)) as EndpointResponse<E>
  }

  /** What an endpoint streams, in the pieces that it comes in; leaving the loop early ends the request. */
  async *stream<E extends Endpoint>(endpoint: E, parts: Parts<E> = {}): AsyncGenerator<Uint8Array> {
    const response = await this.#ask(endpoint, parts)
    if (!response.ok || response.body === null)
      throw new Error(`${endpoint.method} ${endpoint.path}: ${response.status}`)
    for await (const chunk of response.body) yield chunk
  }

  #ask(endpoint: Endpoint, parts: object & { readonly file?: Blob }): Promise<Response> {
    const { params = {}, query = {}, body } = parts as { params?: object; query?: object; body?: unknown }
    const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) =>
      encodeURIComponent(String((params as Record<string, unknown>)[name])),
    )
    const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
    return fetch(`${this.#url}${path}?${search.toString()}`, {
      method: endpoint.method,
      headers: {
        cookie: this.#cookie,
        'x-sallyport-request': 'console',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(parts.file === undefined ? {} : { 'content-type': 'application/octet-stream' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(parts.file === undefined ? {} : { body: parts.file }),
    })
  }

  async useLdap(ldap: { url: string; baseDn: string; bindDn: string; bindPassword: string }): Promise<void> {
    const before = await this.call(api.directory.readLdap)
    await this.call(api.directory.changeLdap, {
      body: {
        servers: [{ url: ldap.url }],
        tls: 'none',
        caPem: null,
        baseDn: ldap.baseDn,
        userLookup: { kind: 'search', filter: '(uid={username})' },
        queryBind: { kind: 'simple', dn: ldap.bindDn, password: ldap.bindPassword },
        connectTimeoutMs: 2_000,
        operationTimeoutMs: 2_000,
        sizeLimit: 1_000,
        version: before.version,
      },
    })
    const target = await this.call(api.radius.readTarget)
    await this.call(api.radius.changeTarget, { body: { kind: 'ldap', version: target.version } })
  }

  async addClient(
    sharedSecret: string,
    changes: Partial<Omit<CreateRadiusClientInput, 'sharedSecret'>> = {},
  ): Promise<string> {
    const { id } = await this.call(api.radius.createClient, {
      body: {
        address: '127.0.0.1',
        applicationName: 'Test VPN',
        requireUserMatch: true,
        messageAuthenticator: 'auto',
        factorMode: 'automatic',
        canBeChallenged: true,
        deviceTimeoutSeconds: 60,
        enabled: true,
        sharedSecret,
        ...changes,
      },
    })
    return id
  }

  /** Adds a user with a TOTP token of this key (Base32). */
  async addUser(username: string, secret?: string): Promise<string> {
    const user = await this.call(api.users.create, {
      body: { username, firstName: '', lastName: '', email: '', description: '', enabled: true },
    })
    if (secret !== undefined) {
      await this.call(api.oathTokens.create, {
        body: {
          serialNumber: '',
          algorithm: 'SHA-1',
          digits: 6,
          stepSeconds: 30,
          manufacturer: '',
          model: '',
          secret,
          userId: user.id,
        },
      })
    }
    return user.id
  }

  /** `accountingPort` absent: accounting is not taken. */
  async enableRadius(port: number, accountingPort?: number): Promise<void> {
    const accountingPorts = accountingPort === undefined ? [] : [accountingPort]
    const { version, accountingSilenceHours } = await this.call(api.radius.readSettings)
    const { sockets } = await this.call(api.radius.changeSettings, {
      body: { enabled: true, authenticationPorts: [port], accountingPorts, accountingSilenceHours, version },
    })
    const failed = sockets.find(({ state }) => state === 'failed')
    if (failed) throw new Error(failed.problem ?? 'a socket failed')
  }

  /** Sign-ins of the report, newest first. */
  async signIns(query: { username?: string; limit?: number } = {}): Promise<readonly SignInRow[]> {
    return (await this.call(api.reports.listSignIns, { query: { limit: 200, ...query } })).rows
  }
}
