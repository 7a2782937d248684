/** Serves the built console: assets under hashed names for good, the page itself fresh, and for every address of the app. */
import { resolve, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { sendProblem } from './error-mapper.ts'
import { ApiProblem } from './problems.ts'

/** Registers the console's files, where there are any, and the answer to everything that is nowhere. */
export async function serveConsoleFiles(app: FastifyInstance, consoleDir: string | undefined): Promise<void> {
  if (consoleDir !== undefined) {
    const root = resolve(consoleDir)
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
    if (isPage && consoleDir !== undefined) return reply.sendFile('index.html')
    return sendProblem(reply, new ApiProblem('not-found', { detail: `Nothing answers ${request.method} here.` }))
  })
}
