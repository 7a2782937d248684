/** Turns a filter of sign-ins into SQL, and picks the index that leaves least to look at. */
import type { SignInFilter } from '@sallyport/contract'
import { Prisma, type PrismaClient } from '../generated/client.ts'
import { allOf, countUpTo, startsWith } from './sql.ts'

export interface SignInSelection {
  readonly conditions: readonly Prisma.Sql[]
  /** The table, with the index to walk along. */
  readonly table: Prisma.Sql
}

interface Candidate {
  readonly index: string
  readonly condition: Prisma.Sql
  /** Whether its rows come in the order of the list; others have to be sorted first. */
  readonly inOrder: boolean
}

const byTime = 'SignIn_at_sequence_idx'
/** Beyond this many rows, walking back in time finds a page sooner than gathering and sorting them. */
const sortedAtMost = 5000
const comparedUpTo = 50_000

export async function signInSelection(prisma: PrismaClient, filter: SignInFilter): Promise<SignInSelection> {
  const times = timeConditions(filter)
  const found = candidates(filter)
  const index = await bestIndex(prisma, found, times)
  return { conditions: [...times, ...found.map(({ condition }) => condition)], table: indexed(index) }
}

function timeConditions({ from, to }: SignInFilter): Prisma.Sql[] {
  return [
    ...(from === undefined ? [] : [Prisma.sql`at >= ${new Date(from)}`]),
    ...(to === undefined ? [] : [Prisma.sql`at <= ${new Date(to)}`]),
  ]
}

/** Those that usually leave least come first: they win where the counts reach their bound. */
function candidates({ username, userId, clientId, result, reason }: SignInFilter): Candidate[] {
  const equal = (column: string, value: string | undefined): Candidate[] =>
    value === undefined
      ? []
      : [
          {
            index: `SignIn_${column}_at_sequence_idx`,
            condition: Prisma.sql`${Prisma.raw(column)} = ${value}`,
            inOrder: true,
          },
        ]
  return [
    ...(username === undefined || username === ''
      ? []
      : [
          {
            index: 'SignIn_usernameKey_at_sequence_idx',
            condition: startsWith('usernameKey', username),
            inOrder: false,
          },
        ]),
    ...equal('userId', userId),
    ...equal('reason', reason),
    ...equal('clientId', clientId),
    ...equal('result', result),
  ]
}

/** Each candidate is counted along its own index, up to a bound. */
async function bestIndex(prisma: PrismaClient, found: readonly Candidate[], times: Prisma.Sql[]): Promise<string> {
  const [only] = found
  if (only === undefined) return byTime
  if (found.length === 1 && only.inOrder) return only.index
  let best = { index: byTime, rows: Infinity }
  for (const { index, condition, inOrder } of found) {
    const rows = await countUpTo(
      prisma,
      Prisma.sql`FROM ${indexed(index)} ${allOf([...times, condition])}`,
      comparedUpTo,
    )
    if (rows < best.rows && (inOrder || rows <= sortedAtMost)) best = { index, rows }
  }
  return best.index
}

function indexed(index: string): Prisma.Sql {
  return Prisma.raw(`SignIn INDEXED BY "${index}"`)
}
