/** Puts down rows of a file of users: who is here already, or in the file already, is told by the key of the name. */
import type { UserImportRemark } from '@sallyport/contract'
import { places } from '../sealing/places.ts'
import type { StagedUser } from '../types.ts'
import { usernameKey } from '../username-key.ts'
import type { Context, Transaction } from './context.ts'

interface Known {
  readonly usernameKey: string
  readonly username: string
}
interface InFile extends Known {
  readonly line: number
}

export async function stageUsers(
  { prisma, sealer }: Context,
  importId: string,
  rows: readonly StagedUser[],
  checkedOctets: number,
): Promise<void> {
  const keys = rows.map(({ username }) => usernameKey(username))
  const asked = JSON.stringify(keys)
  await prisma.$transaction(async (tx) => {
    const here = byKey(
      await tx.$queryRaw<Known[]>`
        SELECT usernameKey, username FROM User WHERE usernameKey IN (SELECT value FROM json_each(${asked}))`,
    )
    const inFile = byKey(
      await tx.$queryRaw<InFile[]>`
        SELECT usernameKey, username, CAST(line AS REAL) AS line FROM UserImportRow
        WHERE importId = ${importId} AND outcome IN ('good', 'there')
          AND usernameKey IN (SELECT value FROM json_each(${asked}))`,
    )
    const data = rows.map(({ line, username, user, pin, remarks }, at) => {
      const key = keys[at] ?? ''
      const known = { importId, line, username, key }
      const refused = (more: readonly UserImportRemark[]) => ({
        ...{ ...known, outcome: 'refused', remarks: JSON.stringify(more), fields: null, sealedPin: null },
      })
      if (user === null) return refused(remarks)
      const twice = inFile.get(key)
      if (twice !== undefined) return refused([...remarks, duplicate(username, twice)])
      inFile.set(key, { usernameKey: key, username, line })
      const there = here.get(key)
      if (there !== undefined) {
        return { ...refused([...remarks, ...otherLetters(username, there.username)]), outcome: 'there' }
      }
      return {
        ...known,
        ...{ outcome: 'good', remarks: JSON.stringify(remarks), fields: JSON.stringify(user) },
        sealedPin: pin === '' ? null : sealer.seal(pin, places.importPin(importId, line)),
      }
    })
    await insertRows(tx, data)
    const count = (outcome: string) => data.filter((row) => row.outcome === outcome).length
    await tx.userImport.update({
      where: { id: importId },
      data: {
        ...{ good: { increment: count('good') }, there: { increment: count('there') } },
        ...{ refused: { increment: count('refused') }, checkedOctets },
      },
    })
  })
}

/** One statement of SQL: Prisma takes twenty times as long to put its own together. */
async function insertRows(tx: Transaction, data: readonly object[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO UserImportRow (importId, line, username, usernameKey, outcome, remarks, fields, sealedPin)
    SELECT value ->> 'importId', value ->> 'line', value ->> 'username', value ->> 'key', value ->> 'outcome',
      value ->> 'remarks', value ->> 'fields', value ->> 'sealedPin'
    FROM json_each(${JSON.stringify(data)})`
}

function byKey<T extends Known>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.usernameKey, row]))
}

function duplicate(username: string, { username: first, line }: InFile): UserImportRemark {
  const message =
    first === username
      ? `“${username}” is in line ${line} already.`
      : `“${username}” is in line ${line} already, as “${first}”: capitals and accents make no difference.`
  return { column: 'username', message }
}

function otherLetters(username: string, here: string): UserImportRemark[] {
  if (username === here) return []
  return [{ column: 'username', message: `Here they are “${here}”: capitals and accents make no difference.` }]
}
