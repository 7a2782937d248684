/** The portal's HTTP application: its own API, and the built portal with the authenticator under /app. The console is not here. */
import { randomBytes } from 'node:crypto'
import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import { portalApi, type PortalAccess } from '@sallyport/contract/portal'
import type { PortalSessionRecord } from '@sallyport/store'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { serveAppFiles } from './app-files.ts'
import { createPortalHandlers } from './create-portal-handlers.ts'
import { createServer } from './create-server.ts'
import { callbackPath, serveGatewayCallbacks } from './gateway-callbacks.ts'
import { mapErrors } from './error-mapper.ts'
import { acceptJsonOnly } from './json-body.ts'
import type { PortalDependencies } from './portal-dependencies.ts'
import { createPortalSessions, type PortalSessions } from './portal-sign-in/portal-sessions.ts'
import { createPortalSignIns } from './portal-sign-in/sign-ins.ts'
import { ApiProblem } from './problems.ts'
import { registerEndpoints } from './register-endpoints.ts'
import { refuseCrossSiteRequests } from './security/cross-site.ts'
import { sendSecurityHeaders } from './security/headers.ts'
import { networkOf } from './session/throttle.ts'

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
  acceptJsonOnly(app)
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
  const callers = new WeakMap<FastifyRequest, PortalSessionRecord>()
  const signIns = createPortalSignIns({ engine, random, onFailure: (error) => app.log.error(error, 'portal sign-in') })
  app.addHook('onClose', () => signIns.close())
  registerEndpoints(app, portalApi, createPortalHandlers({ ...dependencies, random, sessions, signIns }), {
    authorise: authorise(sessions, callers),
    callerOf: (request) => callers.get(request) ?? null,
    isAccess: (access) => accesses.has(access),
    bodyLimits: {},
  })
  await serveGatewayCallbacks(app, dependencies.callbacks)
  app.get('/app', (_request, reply) => reply.redirect('/app/', 308))
  await serveAppFiles(app, dependencies.portalDir, (path) =>
    path.startsWith('/app/') ? 'app/index.html' : 'index.html',
  )
  return app
}

/** Refuses whoever did not sign in where somebody has to; which device signed is told by whoever comes to register such an endpoint. */
function authorise(sessions: PortalSessions, callers: WeakMap<FastifyRequest, PortalSessionRecord>) {
  return ({ access }: { readonly access: PortalAccess }) =>
    async (request: FastifyRequest) => {
      if (access === 'public') return
      const session = access === 'user' ? await sessions.find(request) : null
      if (session === null) throw new ApiProblem('sign-in-required')
      callers.set(request, session)
    }
}
