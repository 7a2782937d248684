/** The portal's HTTP application: its own API, and the built portal with the authenticator under /app. The console is not here. */
import { randomBytes } from 'node:crypto'
import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import { appEventsPath, portalApi, type PortalAccess } from '@sallyport/contract/portal'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { createAuthentication } from './app/authenticate.ts'
import { serveAppFiles } from './app-files.ts'
import { createPortalHandlers } from './create-portal-handlers.ts'
import { createServer } from './create-server.ts'
import { callbackPath, serveGatewayCallbacks } from './gateway-callbacks.ts'
import { mapErrors } from './error-mapper.ts'
import { acceptJsonOnly } from './json-body.ts'
import { createPortalAccess, portalCallerOf, type PortalCaller } from './portal-callers.ts'
import type { PortalDependencies } from './portal-dependencies.ts'
import { createPortalSessions } from './portal-sign-in/portal-sessions.ts'
import { createPortalSignIns } from './portal-sign-in/sign-ins.ts'
import { ApiProblem } from './problems.ts'
import { registerEndpoints } from './register-endpoints.ts'
import { refuseCrossSiteRequests } from './security/cross-site.ts'
import { sendSecurityHeaders } from './security/headers.ts'
import { createThrottle, networkOf } from './session/throttle.ts'

/** Nothing that people or their phones send is large. */
const bodyLimit = 32 * 1024
const accesses: ReadonlySet<unknown> = new Set<PortalAccess>(['public', 'user', 'device'])

/** Builds the application; it listens nowhere yet. */
export async function createPortalApp(dependencies: PortalDependencies): Promise<FastifyInstance> {
  const { secureCookies: secure, random = randomBytes, store, engine, clock } = dependencies
  const app = createServer({ ...dependencies, bodyLimit })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  mapErrors(app)
  acceptJsonOnly(app, true)
  await sendSecurityHeaders(app, { secure, directives: { 'worker-src': ["'self'"], 'manifest-src': ["'self'"] } })
  refuseCrossSiteRequests(app, { secure, header: 'portal', exceptUnder: callbackPath })
  await app.register(cookie)
  await app.register(rateLimit, {
    global: false,
    cache: 10_000,
    keyGenerator: (request) => networkOf(request.ip),
    errorResponseBuilder: (_request, { ttl }) =>
      new ApiProblem('too-many-requests', { retryAfterSeconds: Math.ceil(ttl / 1000) }),
  })
  const sessions = createPortalSessions({ sessions: store.portalSessions, clock, random, secure })
  const signIns = createPortalSignIns({ engine, random, onFailure: (error) => app.log.error(error, 'portal sign-in') })
  app.addHook('onClose', () => signIns.close())
  const authentication = createAuthentication({
    devices: store.appDevices,
    ...{ clock, startedAt: dependencies.startedAt, refusals: dependencies.refusals },
    throttle: createThrottle({ limit: 240, windowMs: 60_000, maximumKeys: 50_000, clock }),
  })
  const access = createPortalAccess(sessions, authentication)
  registerEndpoints<PortalAccess, PortalCaller>(
    app,
    portalApi,
    createPortalHandlers({ ...dependencies, random, authentication, sessions, signIns }),
    {
      authorise: (endpoint) => access.authorise(endpoint.access),
      verify: (endpoint) => access.verify(endpoint.access),
      callerOf: portalCallerOf,
      isAccess: (value) => accesses.has(value),
      bodyLimits: {},
    },
  )
  serveEvents(app, dependencies, access.verify('device'))
  await serveGatewayCallbacks(app, dependencies.callbacks)
  app.get('/app', (_request, reply) => reply.redirect('/app/', 308))
  await serveAppFiles(app, dependencies.portalDir, (path) =>
    path.startsWith('/app/') ? 'app/index.html' : 'index.html',
  )
  return app
}

/** A stream has no end and no schema: it is a route of its own. */
function serveEvents(
  app: FastifyInstance,
  { streams }: Pick<PortalDependencies, 'streams'>,
  verify: (request: FastifyRequest) => Promise<void>,
): void {
  app.get(appEventsPath, { preValidation: verify }, (request, reply) => {
    const caller = portalCallerOf(request)
    if (caller === null || !('device' in caller)) throw new ApiProblem('device-unknown')
    reply.hijack()
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value)
    }
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' })
    if (!streams.open(caller.device.id, reply.raw)) reply.raw.end()
  })
  app.addHook('preClose', () => {
    streams.close()
    return Promise.resolve()
  })
}
