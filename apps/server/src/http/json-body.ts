/** Bodies are JSON or nothing: other content types have no parser. */
import type { FastifyInstance } from 'fastify'

export function acceptJsonOnly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // A call without input may still name the type of the body that it does not have.
    if (body === '') done(null, undefined)
    else void parse(request, body as string, done)
  })
}
