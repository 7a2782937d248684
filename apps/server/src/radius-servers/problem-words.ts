/** What is wrong with a server, in words: the system’s codes and what was not believed of its answers. */
import type { ResponseFailure } from '@sallyport/radius'

const systemErrors: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing listens on this port (ICMP port unreachable).',
  EHOSTUNREACH: 'The host cannot be reached.',
  ENETUNREACH: 'There is no route to its network.',
  ETIMEDOUT: 'It does not answer.',
  ECONNRESET: 'It ended the connection.',
  ENOTFOUND: 'DNS does not know this name.',
  EAI_AGAIN: 'DNS does not answer.',
  EPERM: 'This machine’s own firewall does not let the request out.',
  EACCES: 'This machine’s own firewall does not let the request out.',
  CERT_HAS_EXPIRED: 'Its certificate has expired.',
  CERT_NOT_YET_VALID: 'Its certificate is not valid yet.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Its certificate is for another name.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'Its certificate does not come from the authority that is set here.',
  SELF_SIGNED_CERT_IN_CHAIN: 'Its certificate does not come from the authority that is set here.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'Its certificate does not come from the authority that is set here.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'Its certificate does not come from the authority that is set here.',
}

export function systemErrorWords(code: string): string {
  return systemErrors[code] ?? `It cannot be asked (${code}).`
}

const rejections: Partial<Record<ResponseFailure, string>> = {
  'response-authenticator-invalid':
    'Its answers do not verify: the shared secret is not the same there (bad authenticator).',
  'message-authenticator-invalid':
    'Its answers do not verify: the shared secret is not the same there (bad Message-Authenticator).',
  'message-authenticator-malformed': 'Its answers carry a malformed Message-Authenticator.',
  'message-authenticator-missing':
    'Its answers carry no Message-Authenticator, which is required of it (CVE-2024-3596).',
  'unexpected-code': 'It answers with packets that are no answers to an Access-Request.',
}

/** Undefined for what says nothing of the server as a whole, as an answer that came late. */
export function rejectionWords(failure: ResponseFailure): string | undefined {
  if (failure === 'unknown-identifier') return undefined
  return rejections[failure] ?? 'What it answers is no RADIUS packet.'
}
