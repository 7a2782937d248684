/** Puts down rows of a file of users: who is here already, or in the file already, is told by the key of the name. */
import type { UserImportOutcome, UserImportRemark } from '@sallyport/contract'
import { places } from '../sealing/places.ts'
import type { PersonHere, StagedUser } from '../types.ts'
import { usernameKey } from '../username-key.ts'
import type { Context, Transaction } from './context.ts'
import { whoIsHere } from './people-here.ts'

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
  { link }: { readonly link: boolean },
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
        WHERE importId = ${importId} AND outcome IN ('good', 'link', 'there')
          AND usernameKey IN (SELECT value FROM json_each(${asked}))`,
    )
    const people = rows.flatMap(({ username, person }) => (person ? [{ id: person.directoryId, username }] : []))
    const known = await whoIsHere(tx, people)
    const hereOf = new Map(people.map(({ id }, at) => [id, known[at]]))
    const data = rows.map(({ line, username, user, pin, remarks, person }, at) => {
      const key = keys[at] ?? ''
      const row = { importId, line, username, key }
      const refused = (more: readonly UserImportRemark[]) => ({
        ...{ ...row, outcome: 'refused', remarks: JSON.stringify(more), fields: null, sealedPin: null },
      })
      if (user === null) return refused(remarks)
      const twice = inFile.get(key)
      if (twice !== undefined) return refused([...remarks, duplicate(username, twice)])
      inFile.set(key, { usernameKey: key, username, line })
      const good = { ...row, remarks: JSON.stringify(remarks), fields: JSON.stringify({ user, person }) }
      if (person) {
        const { outcome, remark } = ofPerson(username, hereOf.get(person.directoryId), link)
        if (outcome === 'good' || outcome === 'link') return { ...good, outcome, sealedPin: null }
        return { ...refused(remark === null ? remarks : [...remarks, { column: null, message: remark }]), outcome }
      }
      const there = here.get(key)
      if (there !== undefined) {
        return { ...refused([...remarks, ...otherLetters(username, there.username)]), outcome: 'there' }
      }
      return {
        ...{ ...good, outcome: 'good' },
        sealedPin: pin === '' ? null : sealer.seal(pin, places.importPin(importId, line)),
      }
    })
    await insertRows(tx, data)
    const count = (outcome: string) => data.filter((row) => row.outcome === outcome).length
    await tx.userImport.update({
      where: { id: importId },
      data: {
        ...{ good: { increment: count('good') }, there: { increment: count('there') } },
        linking: { increment: count('link') },
        ...{ refused: { increment: count('refused') }, checkedOctets },
      },
    })
  })
}

/** What becomes of a person of the directory: whoever is here by their identifier is them, whatever they are called. */
function ofPerson(
  username: string,
  here: PersonHere | undefined,
  link: boolean,
): { readonly outcome: UserImportOutcome; readonly remark: string | null } {
  const { user = null, namesake = null } = here ?? {}
  if (user !== null) {
    const isSame = user.username === username
    return { outcome: 'there', remark: isSame ? null : `Here they are “${user.username}”.` }
  }
  if (namesake === null) return { outcome: 'good', remark: null }
  if (!namesake.isFree) return { outcome: 'refused', remark: 'Somebody else of the directory has this name here.' }
  if (link) return { outcome: 'link', remark: null }
  return { outcome: 'there', remark: 'Somebody of this name does not come from the directory, and stays as they are.' }
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
