/** A person who is asked, as the main thread keeps them: one text takes a quarter of an object's room, without the names of its parts. */
import type { PendingRequest } from '../bus/pending.ts'

/** All but the id, under which it is kept. */
type Packed = readonly [
  signInId: string,
  userId: string,
  username: string,
  method: PendingRequest['method'],
  clientId: string,
  applicationName: string,
  callingStation: string | null,
  startedAtMs: number,
  expiresAtMs: number,
  matching: PendingRequest['matching'],
  withPin: boolean,
  deviceIds: readonly string[],
  repliesFrom: string | null,
]

export function packPending(pending: PendingRequest): string {
  const { signInId, userId, username, method, clientId, applicationName, callingStation } = pending
  const { startedAtMs, expiresAtMs, matching, withPin, deviceIds, repliesFrom } = pending
  const packed: Packed = [
    ...([signInId, userId, username, method, clientId, applicationName, callingStation] as const),
    ...([startedAtMs, expiresAtMs, matching, withPin, deviceIds, repliesFrom ?? null] as const),
  ]
  // In one piece: the text comes in several, each with a wrapper that is kept as long.
  return Buffer.from(JSON.stringify(packed)).toString()
}

/** What {@link packPending} made. */
export function unpackPending(id: string, text: string): PendingRequest {
  const [signInId, userId, username, method, clientId, applicationName, callingStation, ...more] = JSON.parse(
    text,
  ) as Packed
  const [startedAtMs, expiresAtMs, matching, withPin, deviceIds, repliesFrom] = more
  return {
    ...{ id, signInId, userId, username, method, clientId, applicationName, callingStation },
    ...{ startedAtMs, expiresAtMs, matching, withPin, deviceIds },
    ...(repliesFrom === null ? {} : { repliesFrom }),
  }
}
