/**
 * The texts that a device signs, made alike on both sides: ECDSA P-256 with SHA-256, r and s in 64 octets (what WebCrypto calls a
 * signature), base64url. Each begins with what it is, so that no signature of one is any use as one of the other.
 */

/** A request as its signature covers it; `bodyHash`: SHA-256 of the octets of the body, base64url. */
export interface SignedRequest {
  /** Empty: the request that registers the device. */
  readonly deviceId: string
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly bodyHash: string
  /** Milliseconds since 1970, by the device's clock. */
  readonly timestampMs: number
  /** 16 random octets, base64url. */
  readonly nonce: string
}

export function signedRequestText(request: SignedRequest): string {
  const { deviceId, method, path, bodyHash, timestampMs, nonce } = request
  return JSON.stringify(['sallyport-request-1', deviceId, method, path, bodyHash, timestampMs, nonce])
}

/** What a person saw when they decided, and what they decided. */
export interface DecisionStatement {
  readonly requestId: string
  readonly deviceId: string
  readonly decision: 'approve' | 'deny' | 'fraud'
  /** The number that was picked; null where none was asked for. */
  readonly number: string | null
  readonly application: string
  readonly username: string
  /** Where the device says they are. */
  readonly place: string | null
  readonly startedAt: string
  /** The server's own for this request and this device. */
  readonly serverNonce: string
}

export function decisionText(statement: DecisionStatement): string {
  const { requestId, deviceId, decision, number, application, username, place, startedAt, serverNonce } = statement
  return JSON.stringify([
    'sallyport-decision-1',
    ...[requestId, deviceId, decision, number, application, username, place, startedAt, serverNonce],
  ])
}

/** The value of `Authorization`: the device, the time, the nonce and the signature. */
export function deviceAuthorization(
  { deviceId, timestampMs, nonce }: Pick<SignedRequest, 'deviceId' | 'timestampMs' | 'nonce'>,
  signature: string,
): string {
  return `SallyportDevice ${deviceId === '' ? '-' : deviceId} ${timestampMs} ${nonce} ${signature}`
}
