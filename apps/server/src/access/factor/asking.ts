/** Asking a person outside the device: who is asked for what, how often they were already, and how long there is. */
import { randomUUID } from 'node:crypto'

import type { TraceFact } from '@sallyport/contract'
import type { EngineUser } from '@sallyport/store/engine'

import type { DeliveryOrder } from '../../bus/pending.ts'
import { none, type Context } from '../context.ts'
import type { AskedPerson } from '../pending.ts'
import type { Tools } from '../tools.ts'
import { end, fact, reject, type Step } from '../verdict.ts'

/** Kept back from the device's time, so that it hears a Reject, or another question, before it gives up. */
const reserveMs = 5_000
const leastMs = 1_000
const floodWithinMs = 600_000

export type AskingTools = Pick<Tools, 'pending' | 'company' | 'clock'>

/** Until when this request may wait for a person, ms since 1970. */
export function waitUntil({ nowMs, request }: Context): number {
  return nowMs + Math.max(leastMs, request.client.deviceTimeoutSeconds * 1_000 - reserveMs)
}

type Particulars = Pick<AskedPerson, 'method' | 'expiresAtMs'> & Partial<AskedPerson>

/** A request that asks for nothing but what it is told to. Thousands wait at once: spread in, the particulars would lie in an object of their own. */
export function newAsk(context: Context, user: EngineUser, particulars: Particulars): AskedPerson {
  const { client } = context.request
  return {
    id: particulars.id ?? randomUUID(),
    signInId: context.signInId,
    userId: user.id,
    username: user.username,
    method: particulars.method,
    clientId: client.id,
    applicationName: applicationOf(context),
    callingStation: context.callingStation,
    startedAtMs: context.nowMs,
    expiresAtMs: particulars.expiresAtMs,
    joinKey: context.joinKey,
    matching: particulars.matching ?? 'none',
    number: particulars.number ?? '',
    choices: particulars.choices ?? none,
    withPin: particulars.withPin ?? false,
    answeredAtDevice: particulars.answeredAtDevice ?? false,
    deviceIds: particulars.deviceIds ?? none,
    code: particulars.code ?? '',
    phone: particulars.phone ?? '',
  }
}

export function applicationOf({ request: { client } }: Pick<Context, 'request'>): string {
  return client.applicationName || client.address
}

/**
 * Opens the request, unless this person was asked too often of late: whoever floods them knows their password, and they must not
 * be worn down. The answer is the end of the sign-in where they are not asked.
 */
export async function openAsk(
  context: Context,
  asked: AskedPerson,
  tools: AskingTools,
  order: DeliveryOrder,
  backup?: DeliveryOrder,
): Promise<Step | undefined> {
  const before = tools.pending.askedSince(asked.userId, context.nowMs - floodWithinMs)
  if (before >= tools.company().requestsInTenMinutes) {
    return reject('too-many-requests', context, [fact('asked-in-ten-minutes', String(before))])
  }
  try {
    const opened = await tools.pending.open(asked, order, backup)
    return opened ? undefined : end({ kind: 'silence', reason: 'overloaded' }, context)
  } catch {
    return reject('log-unavailable', context, [fact('asked', 'nobody: it could not be written down')])
  }
}

/** What the trace says of a person who is asked. */
export function askedFacts(asked: AskedPerson): readonly TraceFact[] {
  return [
    fact('asks', asked.method),
    ...(asked.matching === 'none' ? [] : [fact('number-matching', asked.matching)]),
    ...(asked.withPin ? [fact('with-pin', 'yes')] : []),
  ]
}
