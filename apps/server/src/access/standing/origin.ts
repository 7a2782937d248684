/** Whether what a request says of itself can be believed: signed with Message-Authenticator, or come through TLS. */
import type { AccessRequest } from '../access-request.ts'

/**
 * Without it, whoever sits between device and server writes any Calling-Station-Id into a request: its Request Authenticator is a
 * random number, not a signature (RFC 2865 §3). A client without an address can only have come by RadSec.
 */
export function isSigned({
  messageAuthenticator,
  client,
}: Pick<AccessRequest, 'messageAuthenticator' | 'client'>): boolean {
  return messageAuthenticator === 'valid' || client.address === ''
}
