/** How a provider is asked: over TLS or on this machine, in bounded time, for a bounded answer, following no redirection. */
import { isProviderAddress, type OpenIdTestProblem } from '@sallyport/contract'
import type { CustomFetch } from 'openid-client'
import { exchange } from '../../outgoing/exchange.ts'

const mostMs = 8_000

/** The provider did not answer at all; `message` is a sentence. */
export class ProviderUnreachable extends Error {
  override readonly name = 'ProviderUnreachable'
  readonly problem: OpenIdTestProblem

  constructor(message: string, code = '') {
    super(message)
    this.problem = problemsByCode[code] ?? 'unreachable'
  }
}

/** Node's and OpenSSL's codes of what an administrator can mend. */
const problemsByCode: Readonly<Record<string, OpenIdTestProblem>> = {
  ENOTFOUND: 'unknown-name',
  EAI_AGAIN: 'unknown-name',
  ECONNREFUSED: 'refused-connection',
  ETIMEDOUT: 'timed-out',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate-untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate-untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate-untrusted',
  CERT_HAS_EXPIRED: 'certificate-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-of-another',
}

/** @param caPem the authorities to trust; null: the system's */
export function createProviderFetch(caPem: string | null): CustomFetch {
  return async (address, { method, headers, body, signal }) => {
    if (!isProviderAddress(address)) throw new ProviderUnreachable('It names an address without TLS.')
    const ends = [AbortSignal.timeout(mostMs), ...(signal === undefined ? [] : [signal])]
    const answer = await exchange(
      { method, url: new URL(address), headers, body: textOf(body), caPem },
      AbortSignal.any(ends),
    )
    if (answer.kind !== 'answer') throw new ProviderUnreachable(answer.problem, answer.code)
    const { status, contentType } = answer
    // 1xx and 204 may carry no body, and are no answer to anything that is asked here.
    if (status < 200 || status === 204 || status > 599) throw new ProviderUnreachable(`It answers ${status}.`)
    return new Response(answer.body, { status, headers: { 'content-type': contentType } })
  }
}

function textOf(body: Parameters<CustomFetch>[1]['body']): string | undefined {
  if (typeof body === 'string') return body
  return body instanceof URLSearchParams ? body.toString() : undefined
}
