/** What went wrong on the way to a receiver, in words. */
import { systemErrorWords } from '../radius-servers/problem-words.ts'

export function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'ECONNREFUSED') return 'Nothing listens on this port.'
  if (code.startsWith('ERR_SSL_') && code.includes('ALERT')) {
    return `It refused the TLS connection (${code}): it may want a client certificate, or another one.`
  }
  return /^(E[A-Z]+|CERT_|ERR_TLS_|[A-Z_]*CERT|[A-Z_]*SIGNATURE|UNABLE_)/.test(code)
    ? systemErrorWords(code)
    : error.message
}
