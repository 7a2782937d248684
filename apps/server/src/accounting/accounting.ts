/**
 * The room that an Accounting-Request walks through: read, recorded, and only then answered. What cannot be recorded meets
 * silence (RFC 2866 §4.1), so that the device tries again or elsewhere, and is counted by name.
 */
import { packetCodes, type IncomingRequest } from '@sallyport/radius'
import type { EngineClient, EngineUser, JournalRecord } from '@sallyport/store/engine'

import { readAccounting, withUser, type AccountingFailure } from './read-accounting.ts'

export type AccountingDrop = AccountingFailure | 'accounting-not-recorded'

/** What the room needs of a request. */
export type AccountingRequest = Pick<
  IncomingRequest<EngineClient>,
  'packet' | 'source' | 'client' | 'messageAuthenticator' | 'respond' | 'ignore'
>

export interface AccountingTools {
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly newId: () => string
  readonly users: { find(names: readonly string[]): Pick<EngineUser, 'id' | 'username'> | undefined }
  /** Resolves when the records are on disk; rejects when they cannot be. */
  readonly record: (records: readonly JournalRecord[]) => Promise<void>
  readonly onDrop: (name: AccountingDrop) => void
}

/** Resolves when the request is answered or given up; rejects where the answer does not fit into a packet. */
export async function runAccounting(request: AccountingRequest, tools: AccountingTools): Promise<void> {
  const { packet, client, source } = request
  const { clock, newId, users, onDrop } = tools
  const nowMs = clock()
  const message = readAccounting({ packet, client, nowMs, id: newId(), sourceAddress: source.address })
  if (message.kind === 'failed') {
    onDrop(message.failure)
    request.ignore()
    return
  }
  const record: JournalRecord =
    message.kind === 'restart'
      ? { kind: 'device-restarted', restart: message.restart }
      : { kind: 'accounting', record: withUser(message.record, matched(message.record.username, users)) }
  try {
    await tools.record([record])
  } catch {
    onDrop('accounting-not-recorded')
    request.ignore()
    return
  }
  // RFC 2866 §4.2: nothing has to be in it; Proxy-State is copied when it is sent.
  request.respond({
    code: packetCodes.accountingResponse,
    attributes: [],
    messageAuthenticator: request.messageAuthenticator === 'valid',
  })
}

function matched(username: string, users: AccountingTools['users']) {
  return username === '' ? undefined : users.find([username])
}
