/** The defence against requests that another site makes a browser send: they lack our header, or say where they come from. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ApiProblem } from '../problems.ts'

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Who reads the page, and what its requests say of themselves in `x-sallyport-request`. */
interface OwnPage {
  readonly secure: boolean
  readonly header: 'console' | 'portal'
  /** What begins so is no page's to ask for, and proves by itself where it comes from. */
  readonly exceptUnder?: string
  /** What no page can make a browser send: it proves by itself who asks, and no cookie of it counts. */
  readonly isNoPages?: (request: FastifyRequest) => boolean
}

/** Refuses unsafe requests that the app's own page cannot have sent. */
export function refuseCrossSiteRequests(app: FastifyInstance, page: OwnPage): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const isOutside = page.exceptUnder !== undefined && request.url.startsWith(page.exceptUnder)
    const isPages = !isOutside && page.isNoPages?.(request) !== true
    const complaint = safeMethods.has(request.method) || !isPages ? undefined : complaintAbout(request, page)
    done(complaint === undefined ? undefined : new ApiProblem('cross-site-request', { detail: complaint }))
  })
}

function complaintAbout(request: FastifyRequest, { secure, header }: OwnPage): string | undefined {
  const { origin, 'sec-fetch-site': site, 'content-type': contentType } = request.headers
  // A form or an image cannot set this header, and a script of another origin may not without our leave (CORS).
  if (request.headers['x-sallyport-request'] !== header) return `The header x-sallyport-request: ${header} is missing.`
  if (site !== undefined && site !== 'same-origin') return 'The browser says that another site sent it.'
  const own = `${secure ? 'https' : 'http'}://${request.host}`
  if (origin !== undefined && origin !== own) return `The request comes from another origin than ${own}.`
  // Nor may a form or a script of another origin send these types; which of them a route takes is the route's affair.
  if (contentType !== undefined && !/^application\/(json|octet-stream)\s*(;|$)/i.test(contentType)) {
    return 'Send application/json.'
  }
  return undefined
}
