/** A test sign-in between the threads: the engine opens a port for it, the main thread sends the packets. */
import type { SignInResult } from '@sallyport/contract'

export interface TestPortRequest {
  readonly clientId: string
  /** Up to the second factor: nothing that comes in on this port is ever accepted. */
  readonly dryRun: boolean
}

/** What the engine has to say of a test, besides its replies. */
export type TestNews =
  /** A request was decided, and is in the tables; nulls where it could not be written down. */
  | { readonly kind: 'decided'; readonly signInId: string | null; readonly result: SignInResult | null }
  /** A datagram was thrown away before anybody looked at it, for this reason. */
  | { readonly kind: 'dropped'; readonly reason: string }

/** A port on loopback that takes what comes for one RADIUS client's, if it comes from the announced port. */
export interface TestPort {
  readonly port: number
  /** Announces the port on loopback that will send; the first word counts. */
  admit(sourcePort: number): Promise<void>
  close(): Promise<void>
}
