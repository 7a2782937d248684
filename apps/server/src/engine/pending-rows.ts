/** A request to a person as its row keeps it: whole while somebody may decide or take it, and afterwards only that it was. */
import { factorKind } from '@sallyport/contract'
import type { StoredFactorRequest } from '@sallyport/store/engine'
import { z } from 'zod'

import type { AskedPerson, Ending } from '../access/pending.ts'

export interface StoredAsk {
  readonly asked: AskedPerson
  readonly ending: Ending | null
  /** Null: nobody said yet whether it went out. */
  readonly sent: boolean | null
  /** 0: it is over. */
  readonly usableUntilMs: number
}

const body = z.object({
  asked: z.object({
    id: z.string(),
    signInId: z.string(),
    userId: z.string(),
    username: z.string(),
    method: factorKind,
    clientId: z.string(),
    applicationName: z.string(),
    callingStation: z.string().nullable(),
    startedAtMs: z.number(),
    expiresAtMs: z.number(),
    joinKey: z.string(),
    matching: z.enum(['none', 'pick', 'type']),
    number: z.string(),
    choices: z.array(z.string()),
    withPin: z.boolean(),
    answeredAtDevice: z.boolean(),
    deviceIds: z.array(z.string()),
    code: z.string(),
    phone: z.string(),
  }),
  ending: z
    .enum([
      ...['approved', 'denied', 'fraud', 'cancelled', 'wrong-number', 'wrong-pin'],
      ...['no-answer', 'failed', 'busy', 'hung-up'],
    ] as const)
    .nullable(),
  sent: z.boolean().nullable(),
  usableUntilMs: z.number(),
})

/** So long a row tells that its user was asked. */
const countsForMs = 600_000

/** @param over nobody decides it and nobody takes it any more */
export function storedRequest({ asked, ending, sent, usableUntilMs }: StoredAsk, over: boolean): StoredFactorRequest {
  const { id, userId, startedAtMs } = asked
  const kept = over
    ? { asked: { ...asked, ...emptied }, ending, sent, usableUntilMs: 0 }
    : { asked, ending, sent, usableUntilMs }
  const expiresAtMs = Math.max(startedAtMs + countsForMs, usableUntilMs)
  return { id, userId, expiresAtMs, body: JSON.stringify(kept) }
}

/** What nobody needs of one that is over. */
const emptied = { joinKey: '', number: '', choices: [], code: '', phone: '', deviceIds: [], callingStation: null }

/** A row that cannot be read is nobody's request. */
export function readStored(text: string): readonly StoredAsk[] {
  const parsed = body.safeParse(JSON.parse(text))
  return parsed.success ? [parsed.data] : []
}
