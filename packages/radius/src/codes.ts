/** The packet codes of RADIUS, their names, and which of them answers which. */

/** Codes by name. @see {@link https://www.rfc-editor.org/rfc/rfc3575#section-2.1 RFC 3575 §2.1} */
export const packetCodes = {
  accessRequest: 1,
  accessAccept: 2,
  accessReject: 3,
  accountingRequest: 4,
  accountingResponse: 5,
  accessChallenge: 11,
  statusServer: 12,
  statusClient: 13,
  disconnectRequest: 40,
  disconnectAck: 41,
  disconnectNak: 42,
  coaRequest: 43,
  coaAck: 44,
  coaNak: 45,
  protocolError: 52,
} as const

/** A code that this library speaks. */
export type PacketCode = (typeof packetCodes)[keyof typeof packetCodes]

interface CodeFacts {
  readonly name: string
  /** `random`: a request whose authenticator is a nonce; `signed`: one whose authenticator is a keyed digest. */
  readonly role: 'random-request' | 'signed-request' | 'response'
  /** The codes that may answer it. */
  readonly answers: readonly number[]
}

const facts: Record<PacketCode, CodeFacts> = {
  1: { name: 'Access-Request', role: 'random-request', answers: [2, 3, 11, 52] },
  2: { name: 'Access-Accept', role: 'response', answers: [] },
  3: { name: 'Access-Reject', role: 'response', answers: [] },
  4: { name: 'Accounting-Request', role: 'signed-request', answers: [5, 52] },
  5: { name: 'Accounting-Response', role: 'response', answers: [] },
  11: { name: 'Access-Challenge', role: 'response', answers: [] },
  // RFC 5997 §3: answered by Access-Accept on an authentication port, Accounting-Response on an accounting one.
  12: { name: 'Status-Server', role: 'random-request', answers: [2, 5, 52] },
  13: { name: 'Status-Client', role: 'random-request', answers: [] },
  40: { name: 'Disconnect-Request', role: 'signed-request', answers: [41, 42, 52] },
  41: { name: 'Disconnect-ACK', role: 'response', answers: [] },
  42: { name: 'Disconnect-NAK', role: 'response', answers: [] },
  43: { name: 'CoA-Request', role: 'signed-request', answers: [44, 45, 52] },
  44: { name: 'CoA-ACK', role: 'response', answers: [] },
  45: { name: 'CoA-NAK', role: 'response', answers: [] },
  52: { name: 'Protocol-Error', role: 'response', answers: [] },
}

/** Whether a code is one that this library speaks. */
export function isPacketCode(code: number): code is PacketCode {
  return code in facts
}

/** The name of a code as its RFC writes it: `Access-Request`. */
export function codeName(code: PacketCode): string {
  return facts[code].name
}

/** Whether a packet of this code asks (true) or answers (false). */
export function isRequestCode(code: PacketCode): boolean {
  return facts[code].role !== 'response'
}

/** Whether a request's authenticator is a digest under the shared secret (RFC 2866 §3, RFC 5176 §2.3), not a nonce. */
export function hasSignedAuthenticator(code: PacketCode): boolean {
  return facts[code].role === 'signed-request'
}

/** Whether a packet of code `response` may answer one of code `request`. */
export function isAnswerTo(response: PacketCode, request: PacketCode): boolean {
  return facts[request].answers.includes(response)
}
