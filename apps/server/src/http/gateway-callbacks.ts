/**
 * Where gateways call back: replies, receipts, and the keys of calls. The listener believes nothing of it: each request goes whole to
 * the room that knows the gateway's proof. No cookie counts here, and no page of a browser has any business here.
 */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { CallbackControl } from '../bus/gateway-callbacks.ts'

/** Under which other sites' machines may post without our page's header. */
export const callbackPath = '/callbacks/'

const bodyLimit = 64 * 1024
const perMinute = 1_200
const params = z.strictObject({ gatewayId: z.string().max(64), kind: z.string().max(32) })

export async function serveGatewayCallbacks(app: FastifyInstance, callbacks: CallbackControl): Promise<void> {
  await app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers()
    // As it came: what a gateway signed are these octets.
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit }, (_request, body, parsed) => parsed(null, body))
    scope.route<{ Params: z.infer<typeof params> }>({
      method: ['GET', 'POST'],
      url: `${callbackPath}:gatewayId/:kind`,
      schema: { params },
      config: { rateLimit: { max: perMinute, timeWindow: 60_000 } },
      handler: async (request, reply) => {
        const { gatewayId, kind } = request.params
        const { method, url, headers } = request
        const body = typeof request.body === 'string' ? request.body : ''
        const answer = await callbacks.handleCallback(gatewayId, kind, { method, url, headers, body })
        return reply.code(answer.status).headers(answer.headers).send(answer.body)
      },
    })
    done()
  })
}
