/** Who of the directory's people is here already: by what it calls them for good, or else by their name. */
import type { DirectoryIdentity, PersonHere } from '../types.ts'
import { usernameKey } from '../username-key.ts'
import type { Transaction } from './context.ts'

interface Row {
  readonly id: string
  readonly username: string
  readonly usernameKey: string
  readonly directoryId: string | null
}

/** In the order of the people. */
export async function whoIsHere(
  prisma: Pick<Transaction, '$queryRaw'>,
  people: readonly DirectoryIdentity[],
): Promise<readonly PersonHere[]> {
  if (people.length === 0) return []
  const ids = JSON.stringify(people.map(({ id }) => id))
  const keys = JSON.stringify(people.map(({ username }) => usernameKey(username)))
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT id, username, usernameKey, directoryId FROM User WHERE directoryId IN (SELECT value FROM json_each(${ids}))
    UNION
    SELECT id, username, usernameKey, directoryId FROM User WHERE usernameKey IN (SELECT value FROM json_each(${keys}))`
  const byId = new Map(rows.map((row) => [row.directoryId, row]))
  const byKey = new Map(rows.map((row) => [row.usernameKey, row]))
  return people.map(({ id, username }) => {
    const user = byId.get(id)
    const namesake = byKey.get(usernameKey(username))
    return {
      user: user === undefined ? null : { id: user.id, username: user.username },
      namesake:
        namesake === undefined || namesake.id === user?.id
          ? null
          : { id: namesake.id, isFree: namesake.directoryId === null },
    }
  })
}
