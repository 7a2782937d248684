/** Turns the contract's endpoints into Fastify routes: who may call, what comes in, what goes out. */
import { problem, type Endpoint } from '@sallyport/contract'
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  FastifySchema,
  onRequestAsyncHookHandler,
  preValidationAsyncHookHandler,
  RouteOptions,
} from 'fastify'
import { z } from 'zod'
import type { FileAnswer } from './handlers.ts'

type AnyHandler = (exchange: never) => Promise<unknown>
export type Rooms<T> = Readonly<Record<string, Readonly<Record<string, T>>>>

/** `A`: who an endpoint says may call it; `C`: who a request turned out to come from. */
export interface RegisterOptions<A, C> {
  /** Refuses who may not call, and remembers who does. */
  readonly authorise: (endpoint: Endpoint<A>) => onRequestAsyncHookHandler
  /** What can be told of the caller only once the body is there; absent: nothing. */
  readonly verify?: (endpoint: Endpoint<A>) => preValidationAsyncHookHandler
  /** Whether this says who may call; absent: `public`, or a list of roles that is not empty. */
  readonly isAccess?: (access: unknown) => boolean
  readonly callerOf: (request: FastifyRequest) => C | null
  /** Octets that a body may have where the default is too few, by path. */
  readonly bodyLimits: Readonly<Record<string, number>>
}

/**
 * Registers every endpoint with its handler.
 * @throws Error when an endpoint says nothing of who may call it, has no handler, or a handler has no endpoint
 */
export function registerEndpoints<A, C>(
  app: FastifyInstance,
  rooms: Rooms<Endpoint<A>>,
  handlers: Rooms<AnyHandler>,
  options: RegisterOptions<A, C>,
): void {
  for (const { endpoint, handler } of pairUp(rooms, handlers, options.isAccess ?? isConsoleAccess)) {
    const bodyLimit = options.bodyLimits[endpoint.path]
    const register = endpoint.upload === true ? takingFiles : registering
    register(app, {
      method: endpoint.method,
      url: endpoint.path,
      schema: schemaOf(endpoint),
      onRequest: options.authorise(endpoint),
      ...(options.verify === undefined ? {} : { preValidation: options.verify(endpoint) }),
      ...(bodyLimit === undefined ? {} : { bodyLimit }),
      ...(endpoint.access === 'public' ? { config: { rateLimit: { max: 300, timeWindow: 60_000 } } } : {}),
      handler: async (request, reply) => {
        const answer = await handler({
          params: request.params,
          query: request.query,
          body: request.body,
          caller: options.callerOf(request),
          address: request.ip,
          log: request.log,
          http: { request, reply },
        } as never)
        return respond(endpoint, reply, answer)
      },
    })
  }
}

function isConsoleAccess(access: unknown): boolean {
  return access === 'public' || (Array.isArray(access) && access.length > 0)
}

function registering(app: FastifyInstance, route: RouteOptions): void {
  app.route(route)
}

/** A room of its own, where a body is a stream and nothing else: everywhere else it is JSON. */
function takingFiles(app: FastifyInstance, route: RouteOptions): void {
  app.register((room, _options, done) => {
    room.removeAllContentTypeParsers()
    room.addContentTypeParser('application/octet-stream', (_request, payload, parsed) => parsed(null, payload))
    room.route(route)
    done()
  })
}

function pairUp<A>(rooms: Rooms<Endpoint<A>>, handlers: Rooms<AnyHandler>, isAccess: (access: unknown) => boolean) {
  const surplus = names(handlers).filter((name) => !names(rooms).includes(name))
  if (surplus.length > 0) throw new Error(`These handlers answer no endpoint: ${surplus.join(', ')}.`)
  return Object.entries(rooms).flatMap(([room, endpoints]) =>
    Object.entries(endpoints).map(([name, endpoint]) => {
      const handler = handlers[room]?.[name]
      if (handler === undefined) throw new Error(`Nobody answers the endpoint ${room}.${name}.`)
      // The type says it is there; a description that reached us some other way must not be open by omission.
      if (!isAccess(endpoint.access)) {
        throw new Error(`The endpoint ${room}.${name} does not say who may call it.`)
      }
      return { endpoint, handler }
    }),
  )
}

function names(rooms: Rooms<unknown>): readonly string[] {
  return Object.entries(rooms).flatMap(([room, members]) => Object.keys(members).map((name) => `${room}.${name}`))
}

const nothing = z.strictObject({})

function schemaOf({
  method,
  params,
  query,
  body,
  upload,
  response,
  stream,
  summary,
  tag,
  access,
  noTokens,
  reauthenticate,
}: Endpoint<unknown>): FastifySchema {
  return {
    summary,
    tags: [tag],
    security:
      access === 'public'
        ? []
        : [{ session: [] }, ...(noTokens === true || reauthenticate === true ? [] : [{ token: [] }])],
    ...(params === undefined ? {} : { params }),
    querystring: query ?? nothing,
    ...(method === 'GET' || upload ? {} : { body: body ?? nothing.nullish() }),
    response: {
      ...(response === undefined ? {} : { 200: response }),
      ...(stream === undefined ? {} : { 200: { content: { [stream]: { schema: z.string() } } } }),
      ...(response === undefined && stream === undefined ? { 204: z.null() } : {}),
      '4xx': problem,
      '5xx': problem,
    },
  }
}

function respond(endpoint: Endpoint<unknown>, reply: FastifyReply, answer: unknown): unknown {
  if (endpoint.stream !== undefined) {
    const file = answer as FileAnswer
    void reply.type(`${endpoint.stream}; charset=utf-8`)
    void reply.header('content-disposition', `attachment; filename="${file.filename}"`)
    return reply.send(file.content)
  }
  if (endpoint.response === undefined) return reply.code(204).send()
  return reply.send(answer)
}
