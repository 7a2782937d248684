/** How a token is kept that somebody holds: a session's cookie, what an enrolment link ends in. */
import { createHash } from 'node:crypto'

/** SHA-256 in hex: the 256 random bits of these tokens need no salt. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
