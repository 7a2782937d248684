/** All users by name, in pieces, for a file. */
import { setImmediate as giveWay } from 'node:timers/promises'
import type { UserFactors } from '@sallyport/contract'
import type { PrismaClient } from '../generated/client.ts'
import type { UserFields } from '../types.ts'
import { factorFields } from './people-rows.ts'
import { userFields } from './user-rows.ts'

const rowsPerPiece = 500

export async function* streamUsers(prisma: PrismaClient): AsyncGenerator<readonly (UserFields & UserFactors)[]> {
  let after = ''
  for (;;) {
    const rows = await prisma.user.findMany({
      where: { usernameKey: { gt: after } },
      orderBy: { usernameKey: 'asc' },
      take: rowsPerPiece,
    })
    if (rows.length > 0) yield rows.map((row) => ({ ...userFields(row), ...factorFields(row) }))
    const last = rows[rowsPerPiece - 1]
    if (last === undefined) return
    after = last.usernameKey
    await giveWay()
  }
}
