/** Sign-ins to the user portal, between the threads: the main thread speaks RADIUS to a port of the engine's that is for it alone. */
import type { SignInReason, SignInResult } from '@sallyport/contract'

/** Where the portal asks. The secret lives as long as the engine, and in these two threads. */
export interface PortalPort {
  readonly host: string
  readonly port: number
  readonly secret: string
}

/** What one of the portal's requests came to, besides its reply: it says nothing that a device may know. On disk when it is told. */
export interface PortalDecided {
  /** What the request named itself by, in NAS-Port-Id. */
  readonly ticket: string
  readonly signInId: string
  readonly userId: string | null
  readonly result: SignInResult
  readonly reason: SignInReason
}

export interface PortalControl {
  readonly portalPort: PortalPort
  /** The answer stops the listener. */
  onPortalDecided(listener: (decided: PortalDecided) => void): () => void
}
