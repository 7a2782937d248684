/** Bodies are JSON or nothing: other content types have no parser. */
import type { FastifyInstance, FastifyRequest } from 'fastify'

const bodies = new WeakMap<FastifyRequest, string>()

/** A body as it came, where it is kept for a signature; '' where there was none. */
export function rawBodyOf(request: FastifyRequest): string {
  return bodies.get(request) ?? ''
}

/** @param keep true: the text stays with the request, for a signature that covers it */
export function acceptJsonOnly(app: FastifyInstance, keep = false): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (keep) bodies.set(request, body as string)
    // A call without input may still name the type of the body that it does not have.
    if (body === '') done(null, undefined)
    else void parse(request, body as string, done)
  })
}
