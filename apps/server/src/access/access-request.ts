/** What the stages see of a datagram: a packet that is whole, genuine, from a known client, and here for the first time. */
import type { IncomingRequest } from '@sallyport/radius'
import type { EngineClient } from '@sallyport/store/engine'

export type AccessRequest = Pick<
  IncomingRequest<EngineClient>,
  'packet' | 'source' | 'localPort' | 'client' | 'secret' | 'messageAuthenticator' | 'superseded' | 'respond' | 'ignore'
>
