/** Writes an audit entry inside the transaction of the change that it tells of. */
import type { Transaction } from '../repositories/context.ts'
import type { Actor } from '../types.ts'
import { entryHash, genesis } from './chain.ts'
import type { AuditFields } from './differences.ts'

/** What was done, to what kind of thing. */
export type AuditAction =
  | 'created'
  | 'changed'
  | 'moved'
  | 'removed'
  | 'imported'
  | 'assigned'
  | 'resynchronised'
  | 'unlocked'
  | 'signed-in'
  | 'changed-own-password'
  | 'tested'
  | 'used'
  | 'discarded'
  | 'blocked'
  | 'unblocked'
  | 'bypassed'
  | 'handled'
  | 'undone'
  | 'restored'
  | 'synchronized'
  | 'approved'
  | 'cancelled'
  | 'refused'
  | 'reset'
  | 'invited'
  | 'sent'
export type AuditSubject =
  | 'administrator'
  | 'administrator-factors'
  | 'administrator-session'
  | 'administrator-policy'
  | 'administrator-passkey'
  | 'openid-provider'
  | 'api-token'
  | 'radius-settings'
  | 'target'
  | 'radius-target'
  | 'radius-server'
  | 'ldap'
  | 'built-in'
  | 'windows-domain'
  | 'radsec'
  | 'radius-client'
  | 'reply-rule'
  | 'user'
  | 'oath-token'
  | 'sign-in'
  | 'enrolment-link'
  | 'portal-settings'
  | 'target-password'
  | 'gateway'
  | 'accounting-outbox'
  | 'company'
  | 'cache-rule'
  | 'trusted-network'
  | 'fraud-report'
  | 'app-device'
  | 'app-activation'
  | 'database'
  | 'recovery-codes'
  | 'security-questions'
  | 'portal-fallback'
  | 'directory-sync'
  | 'directory-sync-run'
  | 'log-receiver'
  | 'metrics-token'
  | 'alerts'
  | 'audit-trail'
  | 'retention'
  | 'console-certificate'
  | 'portal-certificate'
  | 'saved-report'
  | 'configuration'

export interface AuditFacts {
  readonly action: AuditAction
  readonly subjectKind: AuditSubject
  readonly subjectId: string | null
  readonly subjectName: string | null
  readonly before: AuditFields | null
  readonly after: AuditFields | null
}

export function appendAudit(tx: Transaction, at: Date, actor: Actor, facts: AuditFacts): Promise<void> {
  return appendAuditMany(tx, at, actor, [facts])
}

/** One entry for each, in their order. */
export async function appendAuditMany(
  tx: Transaction,
  at: Date,
  actor: Actor,
  many: readonly AuditFacts[],
): Promise<void> {
  const last = await tx.auditEntry.findFirst({ orderBy: { sequence: 'desc' }, select: { sequence: true, hash: true } })
  let sequence = Math.max(last?.sequence ?? 0, await highestEver(tx))
  let previousHash = last?.hash ?? genesis
  const entries = many.map((facts) => {
    sequence += 1
    const entry = {
      ...facts,
      sequence,
      at,
      administrator: actor.name,
      before: facts.before === null ? null : JSON.stringify(facts.before),
      after: facts.after === null ? null : JSON.stringify(facts.after),
      address: actor.address,
      previousHash,
    }
    previousHash = entryHash(entry)
    return { ...entry, hash: previousHash }
  })
  await tx.auditEntry.createMany({ data: entries })
}

/** SQLite remembers the highest sequence that was ever there: entries cut off at the end leave a gap. */
export async function highestEver(tx: Pick<Transaction, '$queryRaw'>): Promise<number> {
  const [row] = await tx.$queryRaw<{ seq: bigint }[]>`SELECT seq FROM sqlite_sequence WHERE name = 'AuditEntry'`
  return Number(row?.seq ?? 0)
}
