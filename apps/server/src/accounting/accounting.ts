/**
 * The room that an Accounting-Request walks through: read, recorded, and only then answered. What cannot be recorded meets
 * silence (RFC 2866 §4.1), so that the device tries again or elsewhere, and is counted by name.
 */
import { packetCodes, type IncomingRequest } from '@sallyport/radius'
import type { EngineClient, EngineUser, JournalRecord } from '@sallyport/store/engine'

import { readAccounting, withUser, type AccountingFailure, type AccountingMessage } from './read-accounting.ts'
import { toForward, type ForwardingTools } from './to-forward.ts'

export type AccountingDrop = AccountingFailure | 'accounting-not-recorded' | 'accounting-outbox-full'

/** What the room needs of a request. */
export type AccountingRequest = Pick<
  IncomingRequest<EngineClient>,
  'packet' | 'source' | 'client' | 'secret' | 'messageAuthenticator' | 'respond' | 'ignore'
>

export interface AccountingTools {
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly newId: () => string
  readonly users: { find(names: readonly string[]): Pick<EngineUser, 'id' | 'username'> | undefined }
  readonly forwarding: ForwardingTools
  /** Resolves when the records are on disk; rejects when they cannot be. */
  readonly record: (records: readonly JournalRecord[]) => Promise<void>
  readonly onDrop: (name: AccountingDrop) => void
}

/** Resolves when the request is answered or given up; rejects where the answer does not fit into a packet. */
export async function runAccounting(request: AccountingRequest, tools: AccountingTools): Promise<void> {
  const { packet, client, source } = request
  const { clock, newId, users, forwarding } = tools
  const drop = (name: AccountingDrop) => {
    tools.onDrop(name)
    request.ignore()
  }
  const nowMs = clock()
  const message = readAccounting({ packet, client, nowMs, id: newId(), sourceAddress: source.address })
  if (message.kind === 'failed') {
    drop(message.failure)
    return
  }
  const wanted = forwarding.wanted()
  // What is answered will be forwarded: what has no room is not answered.
  if (wanted === 'full') {
    drop('accounting-outbox-full')
    return
  }
  const records = [
    ...reported(message, users),
    ...(wanted === 'yes' ? [toForward(message, request, nowMs, forwarding)] : []),
  ]
  try {
    // Departs from RFC 2866 §4.1 for what neither a report nor a server of the target wants: nothing is kept of it. A device
    // that met silence would take the whole server for dead, and its sessions elsewhere.
    if (records.length > 0) await tools.record(records)
  } catch {
    drop('accounting-not-recorded')
    return
  }
  // RFC 2866 §4.2: nothing has to be in it; Proxy-State is copied when it is sent.
  request.respond({
    code: packetCodes.accountingResponse,
    attributes: [],
    messageAuthenticator: request.messageAuthenticator === 'valid',
  })
}

/** What the reports keep of it: sessions and restarts of devices. */
function reported(message: AccountingMessage, users: AccountingTools['users']): readonly JournalRecord[] {
  if (message.kind === 'restart') return [{ kind: 'device-restarted', restart: message.restart }]
  if (message.kind !== 'session') return []
  return [{ kind: 'accounting', record: withUser(message.record, matched(message.record.username, users)) }]
}

function matched(username: string, users: AccountingTools['users']) {
  return username === '' ? undefined : users.find([username])
}
