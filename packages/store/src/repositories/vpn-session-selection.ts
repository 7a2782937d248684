/** Turns a filter of VPN sessions into SQL. */
import type { VpnSessionFilter } from '@sallyport/contract'
import { Prisma, type PrismaClient } from '../generated/client.ts'
import { bestSelection, equalTo, indexed, namedLike, sortedAtMost, type Candidate } from './best-index.ts'
import { countUpTo, last } from './sql.ts'
import type { Selection } from './timeline.ts'

const table = 'VpnSession'
const at = 'startedAt'
const addressColumns = ['assignedIpv4', 'assignedIpv6', 'callingStation'] as const

export async function vpnSessionSelection(prisma: PrismaClient, filter: VpnSessionFilter): Promise<Selection> {
  const { from, to, username, userId, clientId, state, address = '' } = filter
  const addressed = address === '' ? undefined : await atAddress(prisma, address)
  const found = [
    ...(addressed === undefined || addressed.table === null ? [] : [{ ...addressed, table: addressed.table }]),
    ...namedLike(table, at, username),
    ...equalTo(table, at, 'userId', userId),
    ...equalTo(table, at, 'clientId', clientId),
    ...equalTo(table, at, 'state', state),
  ]
  const others = addressed !== undefined && addressed.table === null ? [addressed.condition] : []
  return bestSelection(prisma, { table, at, from, to, found, others })
}

/** Sessions with an address that begins so; `table` null where they are too many to gather from three indexes. */
async function atAddress(
  prisma: PrismaClient,
  address: string,
): Promise<Omit<Candidate, 'table'> & { table: Prisma.Sql | null }> {
  const begins = (column: string) =>
    Prisma.sql`(${Prisma.raw(column)} >= ${address} AND ${Prisma.raw(column)} < ${address + last})`
  const sequences = Prisma.join(
    addressColumns.map(
      (column) => Prisma.sql`SELECT sequence FROM ${indexed(table, `${table}_${column}_idx`)} WHERE ${begins(column)}`,
    ),
    ' UNION ALL ',
  )
  const few = (await countUpTo(prisma, Prisma.sql`FROM (${sequences})`, sortedAtMost + 1)) <= sortedAtMost
  return {
    table: few
      ? Prisma.sql`(SELECT * FROM ${Prisma.raw(table)} WHERE sequence IN (${sequences})) AS ${Prisma.raw(table)}`
      : null,
    condition: Prisma.sql`(${Prisma.join(addressColumns.map(begins), ' OR ')})`,
    inOrder: false,
  }
}
