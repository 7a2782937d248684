/** How an enrolment link's token is kept. */
import { createHash } from 'node:crypto'

/** SHA-256: 256 random bits need no salt. */
export function hashOfLink(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
