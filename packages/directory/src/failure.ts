/** What goes wrong between us and a server, as one error with a code; what a server says of a user is never one of these. */

/** Why a server gave no answer about the user. */
export type FailureKind = 'server-down' | 'tls-refused' | 'query-bind-refused' | 'misconfigured' | 'timeout'

/** A failed attempt at one server. The message is a plain sentence for the administrator and holds no secret. */
export class LdapFailure extends Error {
  override readonly name = 'LdapFailure'
  readonly code: FailureKind
  /** Whether the server is to be left alone for a while: false where it is alive, or had too little time. */
  readonly blamesServer: boolean
  /** Whether the server did answer, however badly: asking it again over another connection would ask it twice. */
  readonly wasAnswered: boolean
  /** What the server answered (RFC 4511 §4.1.9), where that is what failed. */
  readonly resultCode: number | undefined

  constructor(
    code: FailureKind,
    message: string,
    options: { cause?: unknown; blamesServer?: boolean; wasAnswered?: boolean; resultCode?: number } = {},
  ) {
    super(message, { cause: options.cause })
    this.code = code
    this.blamesServer = options.blamesServer ?? code !== 'misconfigured'
    this.wasAnswered = options.wasAnswered ?? false
    this.resultCode = options.resultCode
  }
}

/** Any error as an `LdapFailure`: an unforeseen one is a lost connection. */
export function asFailure(error: unknown): LdapFailure {
  if (error instanceof LdapFailure) return error
  return new LdapFailure('server-down', 'The connection was lost before the server answered.', { cause: error })
}
