/** What every repository works with, and how a change says what came of it. */
import type { PlainRows } from '../database/plain-rows.ts'
import type { Prisma, PrismaClient } from '../generated/client.ts'
import type { Sealer } from '../sealing/sealer.ts'
import type { Change } from '../types.ts'

export interface Context {
  readonly prisma: PrismaClient
  readonly plain: PlainRows
  readonly sealer: Sealer
  readonly clock: () => Date
}

/** An open transaction; it holds the database's only write lock, so what it read stays true until it ends. */
export type Transaction = Prisma.TransactionClient

type Failure<T, Problem extends string> = Extract<Change<T>, { readonly problem: Problem }>

export function done<T>(value: T): Change<T> {
  return { ok: true, value }
}

export const notFound = { ok: false, problem: 'not-found' } as const

export function changedMeanwhile<T>(current: T): Failure<T, 'changed-meanwhile'> {
  return { ok: false, problem: 'changed-meanwhile', current }
}

export function alreadyExists(field: string): Failure<never, 'already-exists'> {
  return { ok: false, problem: 'already-exists', field }
}
