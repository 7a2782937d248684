/** How an endpoint of the REST API is described: once, for the server, the console and the OpenAPI document. */
import type { z } from 'zod'
import type { Access, SessionStage } from './roles.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** An endpoint: `path` uses Fastify's `:name` parameters; every schema of an input is a strict object; `A`: who there is to call it. */
export interface Endpoint<A = Access> {
  readonly method: Method
  readonly path: string
  /** One sentence, for the OpenAPI document. */
  readonly summary: string
  /** The heading under which the OpenAPI document lists it. */
  readonly tag: string
  readonly access: A
  /** How far the caller's sign-in has to have come; absent: all the way. */
  readonly stages?: readonly SessionStage[]
  /** It touches secrets, roles or what is kept for how long: who calls proved a short while ago who they are, which API tokens cannot. */
  readonly reauthenticate?: true
  /** For people alone: API tokens are refused, whatever their role. */
  readonly noTokens?: true
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  /** The body is a file, `application/octet-stream`, that the handler reads from `http.request.body` as it comes. */
  readonly upload?: true
  /** What a 200 answers; absent: the answer is 204 with no body, unless `stream` says otherwise. */
  readonly response?: z.ZodType
  /** A media type, where the answer is a stream of it rather than JSON. */
  readonly stream?: 'text/csv' | 'application/x-ndjson'
}

/** Declares an endpoint and keeps its schemas' types. */
export function endpoint<const E extends Endpoint>(description: E): E {
  return description
}

type Output<S> = S extends z.ZodType ? z.output<S> : undefined
type Input<S> = S extends z.ZodType ? z.input<S> : undefined

/** What a handler of this endpoint receives, parsed. */
export interface EndpointRequest<E extends Endpoint<unknown>> {
  readonly params: Output<E['params']>
  readonly query: Output<E['query']>
  readonly body: Output<E['body']>
}

/** What a caller of this endpoint passes, before parsing. */
export interface EndpointCall<E extends Endpoint<unknown>> {
  readonly params: Input<E['params']>
  readonly query: Input<E['query']>
  readonly body: Input<E['body']>
}

/** What a handler of this endpoint returns, and its caller receives. */
export type EndpointResponse<E extends Endpoint<unknown>> = E['response'] extends z.ZodType
  ? z.output<E['response']>
  : undefined
