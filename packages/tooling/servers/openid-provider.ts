/** A real OpenID Connect provider on a loopback port, whose people sign in as the test says. */
import { generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
// @ts-expect-error -- the package brings no types: oidc-provider-types.ts says those that are needed
import Provider from 'oidc-provider'
import type { Context, OidcProviderClass } from './oidc-provider-types.ts'

/** Who signs in next, and what the provider says of it. */
export interface OpenIdPerson {
  readonly sub: string
  readonly claims?: Readonly<Record<string, unknown>>
  readonly amr?: readonly string[]
  readonly acr?: string
}

export interface OpenIdProviderOptions {
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUri: string
  /** Values of `acr` that the provider knows. */
  readonly acrValues?: readonly string[]
  /** True: the claims of a scope are at the userinfo endpoint alone. */
  readonly claimsAtUserInfo?: boolean
  /** PEM; absent: HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string }
}

export interface RunningOpenIdProvider {
  readonly issuer: string
  /** Who is there when a browser comes; null: they say no. */
  person: OpenIdPerson | null
  /** Changes what the token endpoint answers, and what the provider says of itself. */
  alterTokens: ((answer: Record<string, unknown>) => unknown) | null
  alterDescription: ((description: Record<string, unknown>) => unknown) | null
  /** Refuses connections until it is started again, on the same port. */
  stop(): Promise<void>
  start(): Promise<void>
}

/** Each sign-in asks `person` anew, without a page: a browser that comes is sent on at once. */
export async function startOpenIdProvider(options: OpenIdProviderOptions): Promise<RunningOpenIdProvider> {
  const { clientId, clientSecret, redirectUri, acrValues = [], claimsAtUserInfo = false, tls } = options
  const server = tls === undefined ? createServer() : createTlsServer(tls)
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
  await listen(0)
  const { port } = server.address() as AddressInfo
  const issuer = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`
  const people = new Map<string, OpenIdPerson>()
  const provider = new (Provider as unknown as OidcProviderClass)(issuer, {
    clients: [
      {
        ...{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] },
        ...{ response_types: ['code'], grant_types: ['authorization_code'] },
      },
    ],
    claims: {
      ...{ openid: ['sub'], email: ['email', 'email_verified'], profile: ['preferred_username', 'upn'] },
      ...{ acr: null, amr: null },
    },
    acrValues,
    conformIdTokenClaims: claimsAtUserInfo,
    features: { devInteractions: { enabled: false }, claimsParameter: { enabled: !claimsAtUserInfo } },
    interactions: { url: () => '/interaction' },
    cookies: { keys: [clientSecret] },
    jwks: { keys: [signingKey()] },
    enabledJWA: { idTokenSigningAlgValues: ['RS256'] },
    ttl: { Interaction: 300, Session: 300, Grant: 300, AccessToken: 300, IdToken: 300, AuthorizationCode: 60 },
    findAccount: (_context: unknown, accountId: string) => ({
      accountId,
      claims: () => ({ ...people.get(accountId)?.claims, sub: accountId }),
    }),
  })
  const running: RunningOpenIdProvider = {
    ...{ issuer, person: null, alterTokens: null, alterDescription: null },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
    start: () => listen(port),
  }
  provider.use(async (context: Context, next) => {
    await next()
    const alter = context.path === '/token' ? running.alterTokens : null
    const describe = context.path.startsWith('/.well-known/') ? running.alterDescription : null
    const change = alter ?? describe
    if (change !== null) context.body = change(context.body as Record<string, unknown>)
  })
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { prompt, params, session } = await provider.interactionDetails(request, response)
    const { person } = running
    const resultOf = async () => {
      if (person === null) return { error: 'access_denied' }
      if (prompt.name === 'login') {
        people.set(person.sub, person)
        const { amr, acr } = person
        return { login: { accountId: person.sub, remember: false, ...(amr && { amr }), ...(acr && { acr }) } }
      }
      const grant = new provider.Grant({ accountId: session?.accountId ?? '', clientId: params.client_id })
      grant.addOIDCScope('openid email profile')
      grant.addOIDCClaims(['amr', 'acr', 'email', 'email_verified', 'preferred_username', 'upn'])
      return { consent: { grantId: await grant.save() } }
    }
    const next = await provider.interactionResult(request, response, await resultOf(), {
      mergeWithLastSubmission: prompt.name !== 'login',
    })
    response.writeHead(303, { location: next }).end()
  }
  const serve = provider.callback()
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction') !== true) {
      serve(request, response)
      return
    }
    answer(request, response).catch((error: unknown) => void response.writeHead(500).end(String(error)))
  })
  return running
}

function signingKey(): object {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', kid: 'first' }
}
