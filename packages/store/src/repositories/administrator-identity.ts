/** Which account at an OpenID provider is an administrator's: the two columns of it. */
import type { ProviderIdentity } from '../administrator-types.ts'
import type { Transaction } from './context.ts'

interface IdentityColumns {
  readonly openIdIssuer: string | null
  readonly openIdSubject: string | null
}

export function identityOf({ openIdIssuer, openIdSubject }: IdentityColumns): ProviderIdentity | null {
  return openIdIssuer === null || openIdSubject === null ? null : { issuer: openIdIssuer, subject: openIdSubject }
}

/** Nothing, where there is nothing to write. */
export function identityColumns(identity: ProviderIdentity | null): IdentityColumns | object {
  return identity === null ? {} : { openIdIssuer: identity.issuer, openIdSubject: identity.subject }
}

/** Whether the account is theirs, or is nobody's yet and they have none. */
export async function mayHave(tx: Transaction, id: string, { issuer, subject }: ProviderIdentity): Promise<boolean> {
  const rows = await tx.administrator.findMany({
    where: { OR: [{ id }, { openIdIssuer: issuer, openIdSubject: subject }] },
    select: { id: true, openIdIssuer: true, openIdSubject: true },
  })
  return rows.every((row) => {
    const own = identityOf(row)
    return row.id === id && (own === null || (own.issuer === issuer && own.subject === subject))
  })
}
