/** A row of the sign-ins as the reports show it. */
import type { FactorKind, SignInMethod, SignInReason, SignInResult, SignInRow } from '@sallyport/contract'
import type { SignIn } from '../generated/client.ts'

export function signInRow(row: SignIn): SignInRow {
  const { id, username, userId, matchedName, clientId, clientName, clientAddress, callingStation } = row
  return {
    id,
    at: row.at.toISOString(),
    username,
    user: userId === null ? null : { id: userId, username: matchedName ?? '' },
    client: clientId === null ? null : { id: clientId, name: clientName ?? '' },
    clientAddress,
    callingStation,
    method: row.method as SignInMethod,
    factor: row.factor as FactorKind | null,
    result: row.result as SignInResult,
    reason: row.reason as SignInReason,
    durationMs: row.durationMs,
    count: row.count,
    test: row.test,
  }
}
