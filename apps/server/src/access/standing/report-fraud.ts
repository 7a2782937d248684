/** Somebody said of a sign-in that it was not theirs: the report, and the block that Company Settings put on its user. */
import { randomUUID } from 'node:crypto'

import type { CompanySettings } from '@sallyport/contract'
import type { JournalRecord } from '@sallyport/store/engine'

import type { AskedPerson } from '../pending.ts'
import type { Tools } from '../tools.ts'

type Needs = Pick<Tools, 'users' | 'passes' | 'company' | 'clock'>

/** What is written down; the block counts at once, and what caching rules remember of the user is forgotten. */
export function reportFraud(
  { userId, username, signInId, applicationName, callingStation }: AskedPerson,
  via: 'app' | 'call' | 'text',
  { users, passes, company, clock }: Needs,
): readonly JournalRecord[] {
  const { allowReports, blockUser }: CompanySettings['fraud'] = company().fraud
  // Where reports are not allowed, it is a denial like any other.
  if (!allowReports) return []
  const blockId = blockUser ? randomUUID() : null
  passes.forget(userId)
  if (blockId !== null) users.block(userId, { id: blockId, reason: '', untilMs: null })
  const facts = { userId, username, signInId, via, applicationName, callingStation, blockId }
  return [{ kind: 'fraud-reported', report: { id: randomUUID(), atMs: clock(), ...facts } }]
}
