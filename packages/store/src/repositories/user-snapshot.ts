/** Users as they are with all that hangs on them, as JSON, so that whoever was removed can be brought back as they were. */
import { z } from 'zod'
import { Prisma } from '../generated/client.ts'
import type { Transaction } from './context.ts'

/** What hangs on a user and stays gone: what lets somebody in, or is over in minutes. */
const notBroughtBack: ReadonlySet<string> = new Set([
  'AppActivation',
  'EnrolmentLink',
  'FactorPass',
  'Invitation',
  'PortalSession',
])

/** Rows are JSON objects by column, secrets in them as sealed as in their own table. */
const snapshot = z.object({
  user: z.string(),
  /** By table. */
  belongings: z.record(z.string(), z.array(z.string())),
  /** The tokens of their apps, which go with them. */
  appTokens: z.array(z.string()),
  /** Other tokens, which stay, with nobody. */
  tokenIds: z.array(z.string()),
})
type Snapshot = z.infer<typeof snapshot>
const keyed = z.object({ usernameKey: z.string() })

interface Table {
  readonly name: string
  /** That names the user. */
  readonly owner: string
}

/** Every table whose rows go when their user goes, whichever release added it. */
async function tablesOfUsers(tx: Transaction): Promise<readonly Table[]> {
  return tx.$queryRaw<Table[]>`
    SELECT m.name AS name, f."from" AS owner FROM sqlite_master m, pragma_foreign_key_list(m.name) f
    WHERE m.type = 'table' AND f."table" = 'User' AND f.on_delete = 'CASCADE'`
}

/** Removes users, and the tokens that their apps show codes of; other tokens stay, with nobody. */
export async function removeUsers(tx: Transaction, ids: readonly string[]): Promise<void> {
  const devices = { userId: { in: [...ids] }, tokenId: { not: null } }
  const shown = await tx.appDevice.findMany({ where: devices, select: { tokenId: true } })
  await tx.oathToken.deleteMany({ where: { id: { in: shown.flatMap(({ tokenId }) => tokenId ?? []) } } })
  await tx.user.deleteMany({ where: { id: { in: [...ids] } } })
}

/** By user; to be taken before they are removed. */
export async function snapshotUsers(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const users = await rowsOf(tx, { name: 'User', owner: 'id' }, ids)
  const snapshots = new Map<string, Snapshot>(
    [...users].map(([id, [user = '{}']]) => [id, { user, belongings: {}, appTokens: [], tokenIds: [] }]),
  )
  for (const table of await tablesOfUsers(tx)) {
    if (notBroughtBack.has(table.name)) continue
    for (const [id, rows] of await rowsOf(tx, table, ids)) {
      const of = snapshots.get(id)
      if (of !== undefined) of.belongings[table.name] = rows
    }
  }
  const devices = await tx.appDevice.findMany({ where: { userId: { in: [...ids] } }, select: { tokenId: true } })
  const ofApps = new Set(devices.map(({ tokenId }) => tokenId))
  for (const [userId, rows] of await rowsOf(tx, { name: 'OathToken', owner: 'userId' }, ids)) {
    for (const row of rows) {
      const { id } = z.object({ id: z.string() }).parse(JSON.parse(row))
      if (ofApps.has(id)) snapshots.get(userId)?.appTokens.push(row)
      else snapshots.get(userId)?.tokenIds.push(id)
    }
  }
  return new Map([...snapshots].map(([id, one]) => [id, JSON.stringify(one)]))
}

/** Brings users back, by what {@link snapshotUsers} took; tokens that somebody else has by now stay theirs. */
export async function restoreUsers(tx: Transaction, taken: ReadonlyMap<string, string>): Promise<void> {
  const snapshots = [...taken].map(([userId, json]) => ({ userId, ...snapshot.parse(JSON.parse(json)) }))
  const users = snapshots.map(({ user }) => user)
  await insert(tx, 'User', users)
  await insert(
    tx,
    'OathToken',
    snapshots.flatMap(({ appTokens }) => appTokens),
  )
  for (const { name } of await tablesOfUsers(tx)) {
    await insert(
      tx,
      name,
      snapshots.flatMap(({ belongings }) => belongings[name] ?? []),
    )
  }
  for (const { userId, tokenIds } of snapshots) {
    if (tokenIds.length === 0) continue
    await tx.oathToken.updateMany({ where: { id: { in: tokenIds }, userId: null }, data: { userId } })
  }
}

/** Which of them cannot come back, for their id or name is somebody's. */
export async function takenSince(tx: Transaction, taken: ReadonlyMap<string, string>): Promise<ReadonlySet<string>> {
  const keys = new Map(
    [...taken].map(([userId, json]) => {
      const { usernameKey } = keyed.parse(JSON.parse(snapshot.parse(JSON.parse(json)).user))
      return [usernameKey, userId]
    }),
  )
  const rows = await tx.user.findMany({
    where: { OR: [{ id: { in: [...taken.keys()] } }, { usernameKey: { in: [...keys.keys()] } }] },
    select: { id: true, usernameKey: true },
  })
  return new Set(rows.flatMap(({ id, usernameKey }) => [id, keys.get(usernameKey) ?? id]))
}

async function rowsOf(tx: Transaction, { name, owner }: Table, ids: readonly string[]): Promise<Map<string, string[]>> {
  const fields = (await columnsOf(tx, name)).map((column) => `'${column}', "${column}"`)
  const found = await tx.$queryRaw<{ owner: string; row: string }[]>`
    SELECT ${Prisma.raw(`"${owner}"`)} AS owner, json_object(${Prisma.raw(fields.join(', '))}) AS row
    FROM ${Prisma.raw(`"${name}"`)} WHERE ${Prisma.raw(`"${owner}"`)} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`
  const rows = new Map<string, string[]>()
  for (const { owner: id, row } of found) rows.set(id, [...(rows.get(id) ?? []), row])
  return rows
}

async function insert(tx: Transaction, table: string, rows: readonly string[]): Promise<void> {
  if (rows.length === 0) return
  const columns = await columnsOf(tx, table)
  const values = columns.map((column) => `value ->> '${column}'`)
  await tx.$executeRaw`
    INSERT INTO ${Prisma.raw(`"${table}"`)} (${Prisma.raw(columns.map((column) => `"${column}"`).join(', '))})
    SELECT ${Prisma.raw(values.join(', '))} FROM json_each(${`[${rows.join(',')}]`}) WHERE true ON CONFLICT DO NOTHING`
}

/** Of the schema, never of what was kept: they become part of a statement. */
async function columnsOf(tx: Transaction, table: string): Promise<readonly string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`SELECT name FROM pragma_table_info(${table})`
  return rows.map(({ name }) => name)
}
