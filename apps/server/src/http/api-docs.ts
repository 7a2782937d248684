/** The API's own description: an OpenAPI document and a page to read it, for whoever is signed in. */
import { everyRole } from '@sallyport/contract'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import type { createAuthorise } from './security/authorise.ts'

/** Collects what is registered from now on. */
export async function collectApiDocs(app: FastifyInstance, version: string, cookie: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Sallyport console API',
        description:
          'By a session, changes need the header `x-sallyport-request: console`. Problems are RFC 9457 documents with a stable `code`.',
        version,
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: cookie },
          token: { type: 'http', scheme: 'bearer' },
        },
      },
    },
    transform: jsonSchemaTransform,
  })
}

/** Serves the document at /api/openapi.json and the page at /api/docs. */
export async function serveApiDocs(app: FastifyInstance, authorise: ReturnType<typeof createAuthorise>): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRequest', authorise({ access: everyRole }))
    scope.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger())
    await scope.register(swaggerUi, {
      routePrefix: '/api/docs',
      // Reading is what the page is for: changes need a header that only the console sends.
      uiConfig: { supportedSubmitMethods: ['get'], url: '/api/openapi.json', docExpansion: 'list' },
      theme: { title: 'Sallyport console API' },
    })
  })
}
