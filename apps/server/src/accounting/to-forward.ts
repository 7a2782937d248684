/** An Accounting-Request as the outbox keeps it, until a server of the target acknowledges it. */
import {
  hasHiddenValues,
  keptOfAccounting,
  radsecSecret,
  type Attribute,
  type IncomingRequest,
} from '@sallyport/radius'
import type { AccountingDevice, EngineClient, JournalRecord } from '@sallyport/store/engine'

import type { AccountingMessage } from './read-accounting.ts'

type Arrived = Pick<IncomingRequest<EngineClient>, 'packet' | 'client' | 'secret'>

export interface ForwardingTools {
  /** Whether what comes now is to be forwarded; `full` where it would have to be, and there is no room to keep it. */
  readonly wanted: () => 'yes' | 'no' | 'full'
  /** Seals the secret that hidden attributes of a client are hidden with. */
  readonly seal: (clientId: string, sharedSecret: string) => string
}

export function toForward(
  message: Exclude<AccountingMessage, { kind: 'failed' }>,
  { packet, client, secret }: Arrived,
  nowMs: number,
  { seal }: Pick<ForwardingTools, 'seal'>,
): JournalRecord {
  const attributes = keptOfAccounting(packet.attributes)
  return {
    kind: 'accounting-to-forward',
    forward: {
      heardAtMs: nowMs,
      clientId: client.id,
      session: sessionOf(message),
      attributes: octetsOf(attributes).toString('base64'),
      sealedSecret: hasHiddenValues(attributes) ? seal(client.id, secretOf({ client, secret })) : null,
    },
  }
}

/** What keeps its order: records of one session; what names none goes in the order of its device. */
function sessionOf(message: Exclude<AccountingMessage, { kind: 'failed' }>): string {
  if (message.kind === 'session') return named(message.record, message.record.sessionId)
  if (message.kind === 'restart') return named(message.restart, '')
  return named(message.device, message.about ?? '')
}

function named({ clientId, nasIdentifier, nasAddress, deviceAddress }: AccountingDevice, sessionId: string): string {
  return JSON.stringify([clientId, nasIdentifier ?? nasAddress ?? deviceAddress, sessionId])
}

/** RadSec hides with a secret that everybody knows (RFC 6614 §2.3). */
function secretOf({ client, secret }: Omit<Arrived, 'packet'>): string {
  return secret === radsecSecret ? 'radsec' : client.sharedSecret
}

function octetsOf(attributes: readonly Attribute[]): Buffer {
  const pieces = attributes.map(({ type, value }) => Buffer.from([type, value.length + 2, ...value]))
  return Buffer.concat(pieces)
}
