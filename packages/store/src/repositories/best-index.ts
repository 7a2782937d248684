/** Picks the index of a report's table that leaves least to look at. */
import { Prisma, type PrismaClient } from '../generated/client.ts'
import { allOf, countUpTo, startsWith } from './sql.ts'
import type { Selection } from './timeline.ts'

export interface Candidate {
  /** The table with the index to walk along: see {@link indexed}. */
  readonly table: Prisma.Sql
  readonly condition: Prisma.Sql
  /** Whether its rows come in the order of the list; others have to be sorted first. */
  readonly inOrder: boolean
}

/** Beyond this many rows, walking back in time finds a page sooner than gathering and sorting them. */
export const sortedAtMost = 5000
const comparedUpTo = 50_000

export interface Candidates {
  /** The column of the moment that the list is ordered by, and its bounds. */
  readonly table: string
  readonly at: string
  readonly from: string | undefined
  readonly to: string | undefined
  /** Those that usually leave least come first: they win where the counts reach their bound. */
  readonly found: readonly Candidate[]
  /** Conditions that no index serves. */
  readonly others?: readonly Prisma.Sql[]
}

/** The conditions of a filter, and the table to read: each candidate is counted along its own index, up to a bound. */
export async function bestSelection(prisma: PrismaClient, candidates: Candidates): Promise<Selection> {
  const { at, from, to, found, others = [] } = candidates
  const column = Prisma.raw(at)
  const times = [
    ...(from === undefined ? [] : [Prisma.sql`${column} >= ${new Date(from)}`]),
    ...(to === undefined ? [] : [Prisma.sql`${column} <= ${new Date(to)}`]),
  ]
  const byTime = indexed(candidates.table, `${candidates.table}_${at}_sequence_idx`)
  const best = await bestCandidate(prisma, found, times)
  const rest = found.filter((candidate) => candidate !== best).map(({ condition }) => condition)
  const served = best === undefined ? times : [...times, best.condition]
  return { served, others: [...rest, ...others], table: best?.table ?? byTime }
}

/** @returns undefined where walking along the time serves best */
async function bestCandidate(
  prisma: PrismaClient,
  found: readonly Candidate[],
  times: readonly Prisma.Sql[],
): Promise<Candidate | undefined> {
  const [only] = found
  if (found.length === 1 && only?.inOrder) return only
  let best: { readonly candidate: Candidate; readonly rows: number } | undefined
  for (const candidate of found) {
    const { table, condition, inOrder } = candidate
    const rows = await countUpTo(prisma, Prisma.sql`FROM ${table} ${allOf([...times, condition])}`, comparedUpTo)
    if (rows < (best?.rows ?? Infinity) && (inOrder || rows <= sortedAtMost)) best = { candidate, rows }
  }
  return best?.candidate
}

/** Rows with one value of a column, null among them, by the index on it and the moment. */
export function equalTo(table: string, at: string, column: string, value: string | null | undefined): Candidate[] {
  if (value === undefined) return []
  return [
    {
      table: indexed(table, `${table}_${column}_${at}_sequence_idx`),
      condition:
        value === null ? Prisma.sql`${Prisma.raw(column)} IS NULL` : Prisma.sql`${Prisma.raw(column)} = ${value}`,
      inOrder: true,
    },
  ]
}

/** Rows whose user's name begins so. */
export function namedLike(table: string, at: string, username: string | undefined): Candidate[] {
  if (username === undefined || username === '') return []
  return [
    {
      table: indexed(table, `${table}_usernameKey_${at}_sequence_idx`),
      condition: startsWith('usernameKey', username),
      inOrder: false,
    },
  ]
}

export function indexed(table: string, index: string): Prisma.Sql {
  return Prisma.raw(`${table} INDEXED BY "${index}"`)
}
