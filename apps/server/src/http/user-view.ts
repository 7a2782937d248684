/** A user as the API shows them: of a password, only that there is one. */
import type { UserView } from '@sallyport/contract'
import type { UserRecord } from '@sallyport/store'

export function userView(record: UserRecord): UserView {
  const { password, block, factorMethods } = record
  return {
    ...record,
    factorMethods: [...factorMethods],
    block: block && { until: block.until?.toISOString() ?? null },
    factorLockedUntil: record.factorLockedUntil?.toISOString() ?? null,
    lastSignInAt: record.lastSignInAt?.toISOString() ?? null,
    password: password && { ...password, changedAt: password.changedAt.toISOString() },
    createdAt: record.createdAt.toISOString(),
  }
}
