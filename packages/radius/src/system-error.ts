/** The name that the system, or OpenSSL, gives an error. */

/** `ECONNREFUSED`, `CERT_HAS_EXPIRED`, …; `UNKNOWN` for what has no code. */
export function systemErrorOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return 'UNKNOWN'
}
