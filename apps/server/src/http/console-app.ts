/** The console's HTTP application: the API of the contract, its documentation, and the built console. */
import { randomBytes } from 'node:crypto'
import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import { api } from '@sallyport/contract'
import type { FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { collectApiDocs, serveApiDocs } from './api-docs.ts'
import { serveAppFiles } from './app-files.ts'
import { createApiHandlers } from './create-api-handlers.ts'
import { createServer } from './create-server.ts'
import type { ConsoleDependencies } from './dependencies.ts'
import { mapErrors } from './error-mapper.ts'
import { acceptJsonOnly } from './json-body.ts'
import { serveMetrics } from './metrics/serve-metrics.ts'
import { ApiProblem } from './problems.ts'
import { registerEndpoints } from './register-endpoints.ts'
import { callerOf, createAuthorise } from './security/authorise.ts'
import { refuseCrossSiteRequests } from './security/cross-site.ts'
import { sendSecurityHeaders } from './security/headers.ts'
import { bringsToken, createApiTokens } from './session/api-tokens.ts'
import { createKnownAddresses } from './session/known-addresses.ts'
import { cookieName, createSessions } from './session/sessions.ts'
import { createThrottle, networkOf } from './session/throttle.ts'

/** Builds the application; it listens nowhere yet. */
export async function createConsoleApp(dependencies: ConsoleDependencies): Promise<FastifyInstance> {
  const { store, clock, version, secureCookies: secure, random = randomBytes } = dependencies
  const app = createServer(dependencies)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  mapErrors(app)
  acceptJsonOnly(app)
  await sendSecurityHeaders(app, { secure })
  refuseCrossSiteRequests(app, { secure, header: 'console', isNoPages: bringsToken })
  await app.register(cookie)
  await app.register(rateLimit, {
    global: false,
    cache: 10_000,
    keyGenerator: (request) => networkOf(request.ip),
    errorResponseBuilder: (_request, { ttl }) =>
      new ApiProblem('too-many-requests', { retryAfterSeconds: Math.ceil(ttl / 1000) }),
  })
  await collectApiDocs(app, version, cookieName(secure))

  const knownAddresses = createKnownAddresses()
  const sessions = createSessions({ sessions: store.sessions, clock, random, secure, noteAddress: knownAddresses.note })
  const wrongTokens = createThrottle({ limit: 60, windowMs: 60_000, maximumKeys: 10_000, clock })
  const authorise = createAuthorise({
    sessions,
    apiTokens: createApiTokens(store.apiTokens, clock, wrongTokens),
    clock,
  })
  const onReady = (begin: () => Promise<void>) => void app.addHook('onReady', begin)
  const onClose = (end: () => Promise<void>) => void app.addHook('onClose', end)
  registerEndpoints(
    app,
    api,
    createApiHandlers({ ...dependencies, random, sessions, knownAddresses, onReady, onClose }),
    {
      authorise,
      callerOf,
      bodyLimits: {
        [api.userImports.upload.path]: 65 * 1024 * 1024,
        [api.productImports.upload.path]: 5 * 1024 * 1024,
        [api.oathImports.upload.path]: 260 * 1024 * 1024,
      },
    },
  )
  serveMetrics(app, dependencies)
  await serveApiDocs(app, authorise)
  await serveAppFiles(app, dependencies.consoleDir)
  return app
}
