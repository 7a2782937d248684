/** The one place where errors become answers: problem documents with stable codes that leak nothing of the inside. */
import { StoreError } from '@sallyport/store'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { fieldProblems } from './field-problems.ts'
import { ApiProblem, invalidInput } from './problems.ts'

/** Maps every error of this application; what is not expected is logged whole and answered without detail. */
export function mapErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error as Partial<FastifyError>, request)
    if (problem.status >= 500) {
      request.log.error({ err: problem.more.cause ?? error, code: problem.code }, `answered with ${problem.code}`)
    }
    return sendProblem(reply, problem)
  })
}

/** Answers with a problem document. */
export function sendProblem(reply: FastifyReply, problem: ApiProblem): FastifyReply {
  const { retryAfterSeconds } = problem.more
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds))
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(problem.toDocument())
}

function toProblem(error: Partial<FastifyError>, request: FastifyRequest): ApiProblem {
  if (error instanceof ApiProblem) return error
  if (hasZodFastifySchemaValidationErrors(error)) {
    return new ApiProblem('invalid-input', { errors: fieldProblems(error.validation) })
  }
  if (error instanceof StoreError && error.code === 'bad-cursor') {
    return invalidInput({ path: 'cursor', message: error.message })
  }
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return new ApiProblem('invalid-input', { detail: 'The body is not JSON.' })
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new ApiProblem('invalid-input', { detail: 'The body is too large.', status: 413 })
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new ApiProblem('cross-site-request', { detail: 'Send application/json.' })
    default:
      break
  }
  // Fastify names its own refusals of a request with 4xx; their messages are about the request, yet stay inside.
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new ApiProblem('invalid-input', { detail: 'The request is malformed.' })
  }
  return new ApiProblem('internal-error', {
    detail: `The server’s log says more, under request ${request.id}.`,
    cause: error,
  })
}
