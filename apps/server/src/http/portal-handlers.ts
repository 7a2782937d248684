/** The shape of the code behind the portal's API: one handler for each endpoint of its contract. */
import type { EndpointRequest, EndpointResponse } from '@sallyport/contract'
import type { PortalEndpoint, portalApi } from '@sallyport/contract/portal'
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify'
import type { PortalCallers } from './portal-callers.ts'

/** What a handler gets: the parsed input, who asks, and from where. */
export interface PortalExchange<E extends PortalEndpoint> extends EndpointRequest<E> {
  readonly caller: PortalCallers[E['access']]
  readonly address: string
  readonly log: FastifyBaseLogger
  /** For cookies, headers and streams; everything else comes through the fields above. */
  readonly http: { readonly request: FastifyRequest; readonly reply: FastifyReply }
}

type PortalHandler<E extends PortalEndpoint> = (exchange: PortalExchange<E>) => Promise<EndpointResponse<E>>

/** A handler for each endpoint of a room: a new endpoint does not compile until somebody answers it. */
export type PortalRoom<Room> = {
  readonly [Name in keyof Room]: Room[Name] extends PortalEndpoint ? PortalHandler<Room[Name]> : never
}

export type PortalHandlers = { readonly [Room in keyof typeof portalApi]: PortalRoom<(typeof portalApi)[Room]> }
