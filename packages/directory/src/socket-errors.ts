/** Puts the errors of sockets and TLS into sentences that name the fix. */
import { LdapFailure } from './failure.ts'

const connectSentences: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing listens at this address and port: is the directory service running, and is the port right?',
  ECONNRESET: 'The server closed the connection at once.',
  EHOSTUNREACH: 'There is no route to this server: check the address and the network.',
  ENETUNREACH: 'There is no route to this server: check the address and the network.',
  ENOTFOUND: 'The host name is unknown: check its spelling and this machine’s DNS.',
  EAI_AGAIN: 'The host name could not be looked up: this machine’s DNS does not answer.',
  ETIMEDOUT: 'The server did not answer: is it running, and does a firewall let this machine through?',
}

const tlsSentences: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'The server’s certificate has expired: renew it on the server.',
  CERT_NOT_YET_VALID: 'The server’s certificate is not valid yet: check the clocks of both machines.',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'The server’s certificate is signed by itself and not trusted: paste that certificate as the CA certificate.',
  SELF_SIGNED_CERT_IN_CHAIN:
    'The server’s certificate comes from an authority that is not trusted here: paste that authority’s certificate as the CA certificate.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'The server’s certificate comes from an authority that is not trusted here: paste that authority’s certificate as the CA certificate.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'The server’s certificate comes from an authority that is not trusted here: paste that authority’s certificate as the CA certificate.',
  CERT_SIGNATURE_FAILURE:
    'The signature of the server’s certificate does not match the CA certificate that was pasted.',
  CERT_REVOKED: 'The server’s certificate was revoked.',
  INVALID_PURPOSE: 'The server’s certificate is not meant for servers.',
  ERR_SSL_WRONG_VERSION_NUMBER: 'The server does not speak TLS on this port: LDAPS is usually on port 636.',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'The server offers only TLS versions older than 1.2.',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'The server offers only TLS versions older than 1.2.',
}

/** Why TCP did not come up. */
export function explainConnectError(error: Error): LdapFailure {
  const code = codeOf(error)
  const sentence = connectSentences[code] ?? `The connection failed (${code === '' ? error.message : code}).`
  return new LdapFailure('server-down', sentence, { cause: error })
}

/** Why TLS did not come up. */
export function explainTlsError(error: Error): LdapFailure {
  return new LdapFailure('tls-refused', tlsSentence(error), { cause: error })
}

function tlsSentence(error: Error): string {
  const code = codeOf(error)
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const names = 'cert' in error ? namesOf(error.cert) : ''
    return `The server’s certificate is for another name${names}: enter the server by a name that its certificate holds.`
  }
  if (/wrong version number/i.test(error.message)) return tlsSentences['ERR_SSL_WRONG_VERSION_NUMBER'] ?? ''
  if (code === 'ECONNRESET' || code === '' || code === 'EPIPE') {
    return 'The server closed the connection instead of starting TLS: does it have a certificate, and is the port right?'
  }
  return tlsSentences[code] ?? `TLS could not be started (${code}).`
}

function namesOf(certificate: unknown): string {
  const names: unknown =
    typeof certificate === 'object' && certificate && 'subjectaltname' in certificate
      ? certificate.subjectaltname
      : undefined
  return typeof names === 'string' ? ` (${names.slice(0, 200)})` : ''
}

function codeOf(error: Error): string {
  // Several addresses of one name are tried by Node itself; the first one's error is as good as any.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error
  return first instanceof Error && 'code' in first && typeof first.code === 'string' ? first.code : ''
}
