/** Who may call an endpoint of the portal's listener. */
import type { Endpoint } from '../endpoint.ts'

/**
 * `public`: whoever asks; `user`: somebody who signed in to the portal; `device`: a registered mobile app, whose request is signed.
 * There is no default: an endpoint that says nothing is refused when the server starts.
 */
export type PortalAccess = 'public' | 'user' | 'device'

/** An endpoint of the portal's listener, which the console's does not have. */
export type PortalEndpoint = Endpoint<PortalAccess>

/** Declares an endpoint of the portal's listener and keeps its schemas' types. */
export function portalEndpoint<const E extends PortalEndpoint>(description: E): E {
  return description
}
