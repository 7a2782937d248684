/** Signs the account in that searches. */
import { type QueryBind } from './configuration.ts'
import { type LdapConnection } from './connection.ts'
import { judgeQueryBind } from './outcomes.ts'

/** @throws LdapFailure where the server refuses it */
export async function bindForQueries(
  connection: LdapConnection,
  queryBind: QueryBind,
  timeoutMs: number,
): Promise<void> {
  const [dn, password] = queryBind.kind === 'simple' ? [queryBind.dn, queryBind.password] : ['', '']
  const failure = judgeQueryBind(await connection.bind(dn, password, timeoutMs))
  if (failure) throw failure
}
