/** An administrator at work: calls the REST API as the console does, from the same descriptions, with the same cookie. */
import {
  api,
  problem,
  type Endpoint,
  type EndpointCall,
  type EndpointResponse,
  type Problem,
} from '@sallyport/contract'

export interface Administrator {
  /** Calls an endpoint. @throws ApiRefusal where the server refuses */
  call<E extends Endpoint>(endpoint: E, given?: Partial<EndpointCall<E>>): Promise<EndpointResponse<E>>
}

export interface Credentials {
  readonly username: string
  readonly password: string
}

/** What the server says of a request that it refuses. */
export class ApiRefusal extends Error {
  readonly code: Problem['code']

  constructor(endpoint: Endpoint, refused: Problem) {
    const fields = (refused.errors ?? []).map(({ path, message }) => ` ${path}: ${message}`)
    super(`${endpoint.method} ${endpoint.path}: ${refused.detail ?? refused.title}${fields.join('')}`)
    this.name = 'ApiRefusal'
    this.code = refused.code
  }
}

const limitMs = 30_000

/**
 * Makes the first administrator with the set-up code; a session that has ended is opened anew, and who it is proven again
 * where that is asked for.
 */
export async function becomeAdministrator(
  consoleUrl: string,
  setUpCode: string,
  credentials: Credentials,
): Promise<Administrator> {
  let cookie = ''

  async function call<E extends Endpoint>(
    endpoint: E,
    given: Partial<EndpointCall<E>> = {},
    isSecondTry = false,
  ): Promise<EndpointResponse<E>> {
    const response = await fetch(addressOf(consoleUrl, endpoint, given), {
      method: endpoint.method,
      headers: {
        // The server's defence against other sites' requests asks for it.
        'x-sallyport-request': 'console',
        ...(cookie === '' ? {} : { cookie }),
        ...(given.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
      signal: AbortSignal.timeout(limitMs),
    })
    const [session] = response.headers.getSetCookie()
    if (session !== undefined) cookie = session.split(';', 1)[0] ?? ''
    if (!response.ok) {
      const refusal = new ApiRefusal(endpoint, problem.parse(await response.json()))
      if (isSecondTry) throw refusal
      if (refusal.code === 'sign-in-required') await call(api.session.signIn, { body: credentials }, true)
      else if (refusal.code === 'proof-needed') {
        await call(api.session.proveAgain, { body: { password: credentials.password } }, true)
      } else throw refusal
      return call(endpoint, given, true)
    }
    const answer = endpoint.response === undefined ? undefined : endpoint.response.parse(await response.json())
    // The endpoint ties the answer's type to the schema that it was just parsed with.
    return answer as EndpointResponse<E>
  }

  await call(api.session.setUp, { body: { code: setUpCode, ...credentials } })
  return { call: (endpoint, given) => call(endpoint, given) }
}

function addressOf(consoleUrl: string, endpoint: Endpoint, given: Partial<EndpointCall<Endpoint>>): URL {
  const parameters = entriesOf(given.params)
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(parameters.get(name) ?? ''))
  const url = new URL(path, consoleUrl)
  for (const [name, value] of entriesOf(given.query)) url.searchParams.set(name, value)
  return url
}

function entriesOf(values: unknown): ReadonlyMap<string, string> {
  const entries = Object.entries(values ?? {}).filter(([, value]) => value !== undefined)
  return new Map(entries.map(([name, value]) => [name, String(value)]))
}
