/** Serves a built app, console or portal: assets under hashed names for good, the page itself fresh, and for every address of the app. */
import { resolve, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { sendProblem } from './error-mapper.ts'
import { ApiProblem } from './problems.ts'

/**
 * Registers the app's files, where there are any, and the answer to everything that is nowhere.
 * @param page the page that stands for an address; `index.html` unless told
 */
export async function serveAppFiles(
  app: FastifyInstance,
  filesDir: string | undefined,
  page: (path: string) => string = () => 'index.html',
): Promise<void> {
  if (filesDir !== undefined) {
    const root = resolve(filesDir)
    const hashed = `${root}${sep}assets${sep}`
    await app.register(fastifyStatic, {
      root,
      cacheControl: false,
      // The build lays `.br` and `.gz` beside what gains by it; a browser that takes neither gets the file itself.
      preCompressed: true,
      setHeaders(reply, path) {
        const keep = path.startsWith(hashed) ? 'public, max-age=31536000, immutable' : 'no-cache'
        void reply.header('cache-control', keep)
      },
    })
  }
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/'
    const isPage = request.method === 'GET' && !/^\/(api|assets)(\/|$)/.test(path)
    if (isPage && filesDir !== undefined) return reply.sendFile(page(path))
    return sendProblem(reply, new ApiProblem('not-found', { detail: `Nothing answers ${request.method} here.` }))
  })
}
