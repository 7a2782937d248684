/** The shape of the code behind the API: one handler for each endpoint of the contract, typed by its description. */
import type { Readable } from 'node:stream'
import type { api, Endpoint, EndpointRequest, EndpointResponse } from '@sallyport/contract'
import type { Actor, AdministratorRecord, SessionRecord } from '@sallyport/store'
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify'

/** Who calls: an administrator, or a program by its API token, which has an id, a name and a role too. */
export interface Caller {
  readonly administrator: Pick<AdministratorRecord, 'id' | 'username' | 'role'>
  readonly actor: Actor
}

/** An administrator by their session. */
export interface SignedInCaller extends Caller {
  readonly session: SessionRecord
}

/** What a handler gets: the parsed input, who asks, and from where. */
export interface Exchange<E extends Endpoint> extends EndpointRequest<E> {
  /** Null only where the endpoint is public. */
  readonly caller: E['access'] extends 'public' ? null : E['noTokens'] extends true ? SignedInCaller : Caller
  readonly address: string
  readonly log: FastifyBaseLogger
  /** For cookies and headers; everything else comes through the fields above. */
  readonly http: { readonly request: FastifyRequest; readonly reply: FastifyReply }
}

/** A stream that a browser saves as a file. */
export interface FileAnswer {
  readonly filename: string
  readonly content: Readable
}

export type Handler<E extends Endpoint> = (
  exchange: Exchange<E>,
) => Promise<E['stream'] extends string ? FileAnswer : EndpointResponse<E>>

/** A handler for each endpoint of a room: a new endpoint does not compile until somebody answers it. */
export type Handlers<Room> = {
  readonly [Name in keyof Room]: Room[Name] extends Endpoint ? Handler<Room[Name]> : never
}

export type ApiHandlers = { readonly [Room in keyof typeof api]: Handlers<(typeof api)[Room]> }
