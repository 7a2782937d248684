/** What happened, in the terms of a log: one flat list of facts and a sentence, whatever the format. */
import type { LogItem } from '@sallyport/store/log-forwarding'

import { cleaned } from './formats/text.ts'

export type FactValue = string | number | boolean

export interface LogFacts {
  readonly kind: LogItem['kind'] | 'test'
  readonly atMs: number
  /** RFC 5424 §6.2.1: 4 warning, 5 notice, 6 informational. */
  readonly severity: 4 | 5 | 6
  readonly sentence: string
  /** Without those that are not known. */
  readonly facts: Readonly<Record<string, FactValue>>
}

/** Of whoever signs in, at a question and at the end alike. */
const ofSignIn = {
  id: 'id',
  result: 'result',
  reason: 'reason',
  username: 'username',
  userName: 'user',
  userId: 'userId',
  clientName: 'client',
  clientId: 'clientId',
  clientAddress: 'clientAddress',
  callingStation: 'callingStation',
  method: 'method',
  factor: 'factor',
} as const

/** Names in an event, by what the record calls them; those that are missing here stay here. */
const names: Readonly<Record<LogItem['kind'], Readonly<Record<string, string>>>> = {
  'sign-in': { ...ofSignIn, durationMs: 'durationMs', count: 'count', test: 'test' },
  question: { ...ofSignIn, test: 'test' },
  accounting: {
    status: 'status',
    sessionId: 'sessionId',
    username: 'username',
    userName: 'user',
    userId: 'userId',
    clientName: 'client',
    clientId: 'clientId',
    deviceAddress: 'clientAddress',
    nasIdentifier: 'nasIdentifier',
    nasAddress: 'nasAddress',
    assignedIpv4: 'assignedIpv4',
    assignedIpv6: 'assignedIpv6',
    callingStation: 'callingStation',
    seconds: 'seconds',
    inputOctets: 'inputOctets',
    outputOctets: 'outputOctets',
    cause: 'cause',
  },
  change: {
    administrator: 'administrator',
    action: 'action',
    subjectKind: 'subjectKind',
    subjectId: 'subjectId',
    subjectName: 'subjectName',
    address: 'address',
    before: 'before',
    after: 'after',
    hash: 'hash',
  },
}

const sentences: Readonly<Record<LogItem['kind'], (said: (name: string) => string) => string>> = {
  'sign-in': (said) => `Sign-in of ${said('username')} at ${said('client')}: ${said('result')}, ${said('reason')}.`,
  question: (said) => `Sign-in of ${said('username')} at ${said('client')}: ${said('reason')}.`,
  accounting: (said) => `Session of ${said('username')} at ${said('client')}: ${said('status')}.`,
  change: (said) => `${said('administrator')} ${said('action')} ${said('subjectKind')} ${said('subjectName')}.`,
}

export function factsOf({ kind, sequence, body }: LogItem): LogFacts {
  const facts: Record<string, FactValue> = {}
  for (const [from, to] of Object.entries(names[kind])) {
    const value = body[from]
    if (typeof value === 'string') facts[to] = cleaned(value)
    else if (typeof value === 'number' || typeof value === 'boolean') facts[to] = value
  }
  // What tells duplicates: sending is at least once. Changes are numbered as in the trail.
  facts['sequence'] = sequence
  const said = (name: string) => String(facts[name] ?? '–')
  return { kind, atMs: timeOf(body), severity: severityOf(kind, facts), sentence: sentences[kind](said), facts }
}

/** What *Test* sends. */
export function testFacts(receiver: string, atMs: number): LogFacts {
  const sentence = 'This is a test message from Sallyport.'
  return { kind: 'test', atMs, severity: 6, sentence, facts: { receiver: cleaned(receiver) } }
}

function timeOf(body: LogItem['body']): number {
  const at = body['roundAtMs'] ?? body['atMs']
  return typeof at === 'number' ? at : 0
}

function severityOf(kind: LogItem['kind'], { result, reason }: Readonly<Record<string, FactValue>>): 4 | 5 | 6 {
  if (reason === 'fraud-reported' || result === 'unanswered') return 4
  return kind === 'change' || result === 'rejected' ? 5 : 6
}
