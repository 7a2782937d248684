/** A session as lists show it. */
import type { SessionRow } from '@sallyport/contract'
import type { SessionRecord } from '@sallyport/store'

/** @param asking the session that the list is made for */
export function sessionRow(session: SessionRecord, asking: Pick<SessionRecord, 'id'>): SessionRow {
  const { id, createdAt, lastSeenAt, address, userAgent } = session
  return {
    ...{ id, address, userAgent },
    current: id === asking.id,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
  }
}
