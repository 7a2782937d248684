/** Turns a filter of sign-ins into SQL. */
import type { SignInFilter } from '@sallyport/contract'
import type { PrismaClient } from '../generated/client.ts'
import { bestSelection, equalTo, namedLike } from './best-index.ts'
import type { Selection } from './timeline.ts'

export async function signInSelection(prisma: PrismaClient, filter: SignInFilter): Promise<Selection> {
  const { from, to, username, userId, reason, factor, clientId, result } = filter
  const [table, at] = ['SignIn', 'at']
  const found = [
    ...namedLike(table, at, username),
    ...equalTo(table, at, 'userId', userId),
    // Its index knows what the next three ask for, too.
    ...equalTo(table, at, 'clientId', clientId),
    ...equalTo(table, at, 'reason', reason),
    ...equalTo(table, at, 'factor', factor === 'none' ? null : factor),
    ...equalTo(table, at, 'result', result),
  ]
  return bestSelection(prisma, { table, at, from, to, found })
}
