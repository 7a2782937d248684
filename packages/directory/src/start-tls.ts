/** Asks a server to start TLS on a plain connection, and trusts nothing else that comes in the clear. */
import { type Socket } from 'node:net'

import { LdapFailure } from './failure.ts'
import { elementLength } from './wire/ber.ts'
import { decodeResponse } from './wire/decode.ts'
import { responseTags } from './wire/tags.ts'

// RFC 4511 §4.14.1: LDAPMessage { messageID 1, ExtendedRequest { requestName [0] 1.3.6.1.4.1.1466.20037 } }
const requestName = Buffer.from('1.3.6.1.4.1.1466.20037')
const extendedRequest = Buffer.from([0x77, 2 + requestName.length, 0x80, requestName.length, ...requestName])
const request = Buffer.from([0x30, 3 + extendedRequest.length, 0x02, 0x01, 0x01, ...extendedRequest])
const mostBytes = 16_384

/**
 * Sends the StartTLS request and resolves once the server agreed; the socket is then silent and ready for the handshake.
 *
 * What follows the response in the clear must not be kept: read as the beginning of the first answer inside TLS, it would
 * let somebody on the wire forge the answer to the first bind.
 * @throws LdapFailure tls-refused where the server declines, or says more than its answer
 * @see {@link https://www.rfc-editor.org/rfc/rfc4511#section-4.14 RFC 4511 §4.14}
 */
export function requestStartTls(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0)
    const settle = (failure?: LdapFailure) => {
      socket.off('data', onData).off('close', onClose)
      socket.pause()
      if (failure) reject(failure)
      else resolve()
    }
    const onClose = () =>
      settle(new LdapFailure('tls-refused', 'The server closed the connection instead of starting TLS.'))
    const onData = (chunk: Buffer) => {
      received = Buffer.concat([received, chunk])
      const verdict = readResponse(received)
      if (verdict !== 'incomplete') settle(verdict)
    }
    socket.on('data', onData).on('close', onClose)
    socket.write(request)
  })
}

function readResponse(bytes: Buffer): LdapFailure | undefined | 'incomplete' {
  const malformed = new LdapFailure(
    'tls-refused',
    'The server’s answer to StartTLS is not LDAP: is this the LDAP port?',
  )
  try {
    const length = elementLength(bytes, 0) ?? 0
    if (bytes[0] !== request[0] || length > mostBytes) return malformed
    if (length === 0 || length > bytes.length) return 'incomplete'
    // Nothing may follow the response in the clear (see above).
    if (length < bytes.length) {
      return new LdapFailure('tls-refused', 'The server went on in the clear after it agreed to StartTLS.')
    }
    const response = decodeResponse(bytes)
    if (response.messageId !== 1 || response.tag !== responseTags.extended) return malformed
    if (response.resultCode === 0) return undefined
    return new LdapFailure(
      'tls-refused',
      `The server does not offer StartTLS (LDAP error ${response.resultCode}): does it have a certificate?`,
    )
  } catch {
    return malformed
  }
}
