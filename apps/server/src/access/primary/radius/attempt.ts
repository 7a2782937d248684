/** One server being asked for one request: the request as the client sends it, and what waits for its end. */
import {
  packetCodes,
  type Attribute,
  type ClientListener,
  type ClientRequest,
  type ClientResult,
  type SharedSecret,
} from '@sallyport/radius'
import type { EngineRadiusServer } from '@sallyport/store/engine'

/** The server that is asked. */
export interface AskedServer {
  readonly name: string
  readonly server: Pick<EngineRadiusServer, 'id'>
  ended(attempt: Attempt, result: ClientResult): void
  failed(attempt: Attempt, error: unknown): void
}

/** Whose request it is. */
export interface Asker {
  readonly isEap: boolean
  /** Hidden for this server and this request authenticator. */
  attributes(authenticator: Uint8Array, secret: SharedSecret): readonly Attribute[]
  /** What came of it: called once. */
  settled(attempt: Attempt, answer: LinkAnswer): void
  /**
   * The next server is to be asked; the answer of this one is still welcome, and is waited for unless the system has said that
   * none will come.
   * @param problem what it said
   */
  handedOver(attempt: Attempt, problem: string | undefined): void
}

/** What came of asking one server; `secret` and the answer’s authenticator open what is hidden in it. */
export type LinkAnswer =
  | { readonly ok: true; readonly result: Extract<ClientResult, { ok: true }>; readonly secret: SharedSecret }
  | { readonly ok: false; readonly problem: string }

/** Times are milliseconds since 1970. */
export interface AttemptTimes {
  readonly sentAtMs: number
  /** At the latest after so long the next server is asked beside this one, if this one is in doubt. */
  readonly patienceMs: number
  /** All the time that there is. */
  readonly waitMs: number
}

/** Thousands may wait at once: one object each, which is all that the client and the link need of it. */
export class Attempt implements ClientRequest, ClientListener {
  readonly link: AskedServer
  readonly asker: Asker
  readonly sentAtMs: number
  readonly patienceMs: number
  readonly waitMs: number
  /** What this hop is signed and hidden with: known once there is a client for where the server is. */
  secret: SharedSecret | undefined = undefined
  isHandedOver = false
  /** It is in the list of those that did not answer. */
  isMissed = false
  constructor(link: AskedServer, asker: Asker, { sentAtMs, patienceMs, waitMs }: AttemptTimes) {
    this.link = link
    this.asker = asker
    this.sentAtMs = sentAtMs
    this.patienceMs = patienceMs
    this.waitMs = waitMs
  }

  get code(): typeof packetCodes.accessRequest {
    return packetCodes.accessRequest
  }

  // A function, as the client asks for: what is hidden depends on the authenticator.
  get attributes(): (authenticator: Uint8Array) => readonly Attribute[] {
    const { asker, secret } = this
    if (!secret) throw new Error('a request is made for a server whose client is known')
    return (authenticator) => asker.attributes(authenticator, secret)
  }

  ended(result: ClientResult): void {
    this.link.ended(this, result)
  }

  failed(error: unknown): void {
    this.link.failed(this, error)
  }
}
