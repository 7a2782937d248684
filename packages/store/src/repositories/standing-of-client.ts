/** What stays of caching rules and trusted networks whose client goes: their entries in the audit trail. */
import { appendAudit } from '../audit/append.ts'
import type { Actor } from '../types.ts'
import type { Transaction } from './context.ts'

/** To be called before the client is deleted. */
export async function auditStandingOfClient(tx: Transaction, clientId: string, at: Date, actor: Actor): Promise<void> {
  for (const { id, scope, methods, seconds, enabled } of await tx.cacheRule.findMany({ where: { clientId } })) {
    const before = { clientId, scope, methods: JSON.parse(methods) as unknown, seconds, enabled }
    await appendAudit(tx, at, actor, {
      ...{ action: 'removed', subjectKind: 'cache-rule', subjectId: id, subjectName: scope, before, after: null },
    })
    await tx.factorPass.deleteMany({ where: { key: { gte: `${id}|`, lt: `${id}}` } } })
  }
  for (const { id, name, attribute, addresses, enabled } of await tx.trustedNetwork.findMany({ where: { clientId } })) {
    const before = { name, clientId, attribute, addresses, enabled }
    await appendAudit(tx, at, actor, {
      ...{ action: 'removed', subjectKind: 'trusted-network', subjectId: id, subjectName: name, before, after: null },
    })
  }
}
