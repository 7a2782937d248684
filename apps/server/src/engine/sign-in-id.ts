/** Ids of sign-ins: UUIDs that begin with the time, so that the newest lie together in every index (RFC 9562 §5.7). */
import { randomUUID } from 'node:crypto'

/** A version 7 UUID. @param nowMs milliseconds since 1970 */
export function signInId(nowMs: number): string {
  const time = nowMs.toString(16).padStart(12, '0')
  // The rest of a version 4 UUID, its version replaced: 74 random bits, and the variant as it should be.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}
