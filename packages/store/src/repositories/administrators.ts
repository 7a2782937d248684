/** The console's administrators. */
import { randomUUID } from 'node:crypto'
import type { Role } from '@sallyport/contract'
import { appendAudit, type AuditAction } from '../audit/append.ts'
import { differences, secretChanged, type AuditFields } from '../audit/differences.ts'
import type { Administrator } from '../generated/client.ts'
import type { Actor, AdministratorRecord, AdministratorRepository } from '../types.ts'
import { usernameKey } from '../username-key.ts'
import { identityColumns, identityOf, mayHave } from './administrator-identity.ts'
import { auditedToken } from './api-tokens.ts'
import { alreadyExists, changedMeanwhile, done, notFound, type Context, type Transaction } from './context.ts'

export function createAdministratorRepository({ prisma, clock }: Context): AdministratorRepository {
  const insert = async (
    tx: Transaction,
    input: { username: string; passwordHash: string; role: Role },
    actor: Actor,
  ) => {
    const now = clock()
    const row = await tx.administrator.create({
      data: {
        ...input,
        id: randomUUID(),
        usernameKey: usernameKey(input.username),
        enabled: true,
        createdAt: now,
        updatedAt: now,
      },
    })
    await audit(tx, row, actor, 'created', null, { ...audited(row), password: secretChanged })
    return done(administratorRecord(row))
  }

  const audit = (
    tx: Transaction,
    { id, username }: Administrator,
    actor: Actor,
    action: AuditAction,
    before: AuditFields | null,
    after: AuditFields | null,
  ) =>
    appendAudit(tx, clock(), actor, {
      action,
      subjectKind: 'administrator',
      subjectId: id,
      subjectName: username,
      before,
      after,
    })

  const one = async (where: { id: string } | { usernameKey: string }) => {
    const row = await prisma.administrator.findUnique({ where })
    return row === null ? null : administratorRecord(row)
  }

  return {
    count: () => prisma.administrator.count(),
    list: async () =>
      (await prisma.administrator.findMany({ orderBy: { usernameKey: 'asc' } })).map(administratorRecord),
    byId: (id) => one({ id }),
    byUsername: (username) => one({ usernameKey: usernameKey(username) }),

    createFirst: (input, actor) =>
      prisma.$transaction(async (tx) =>
        (await tx.administrator.count()) > 0
          ? alreadyExists('username')
          : insert(tx, { ...input, role: 'administrator' }, actor),
      ),

    create: (input, actor) =>
      prisma.$transaction(async (tx) => {
        const taken = await tx.administrator.count({ where: { usernameKey: usernameKey(input.username) } })
        return taken > 0 ? alreadyExists('username') : insert(tx, input, actor)
      }),

    change: (id, { role, enabled, passwordHash, version }, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.administrator.findUnique({ where: { id } })
        if (row === null) return notFound
        if (row.version !== version) return changedMeanwhile(administratorRecord(row))
        const stays = role === 'administrator' && enabled
        if (!stays && (await isLast(tx, row))) return lastAdministrator
        const changed = await tx.administrator.update({
          where: { id },
          data: {
            role,
            enabled,
            version: version + 1,
            updatedAt: clock(),
            // Who gives somebody a new password lets them in again.
            ...(passwordHash === undefined ? {} : { passwordHash, failedSignIns: 0, lockedUntil: null }),
          },
        })
        await tx.session.deleteMany({ where: { administratorId: id } })
        const { before, after } = differences(audited(row), {
          ...audited(changed),
          ...(passwordHash === undefined ? {} : { password: secretChanged }),
        })
        await audit(tx, changed, actor, 'changed', before, after)
        return done(administratorRecord(changed))
      }),

    remove: (id, version, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.administrator.findUnique({ where: { id } })
        if (row === null) return notFound
        if (row.version !== version) return changedMeanwhile(administratorRecord(row))
        if (await isLast(tx, row)) return lastAdministrator
        for (const token of await tx.apiToken.findMany({ where: { administratorId: id } })) {
          const subject = { subjectKind: 'api-token', subjectId: token.id, subjectName: token.name } as const
          await appendAudit(tx, clock(), actor, {
            action: 'removed',
            ...subject,
            before: auditedToken(token),
            after: null,
          })
        }
        await tx.administrator.delete({ where: { id } })
        await audit(tx, row, actor, 'removed', audited(row), null)
        return done(administratorRecord(row))
      }),

    countFailedSignIn: async (id, lockedUntil) => {
      await prisma.administrator.updateMany({
        where: { id },
        data: { failedSignIns: { increment: 1 }, ...(lockedUntil === null ? {} : { lockedUntil }) },
      })
    },

    byIdentity: async ({ issuer, subject }) => {
      const where = { openIdIssuer_openIdSubject: { openIdIssuer: issuer, openIdSubject: subject } }
      const row = await prisma.administrator.findUnique({ where })
      return row === null ? null : administratorRecord(row)
    },

    noteSignIn: (id, actor, provenBy, identity = null) =>
      prisma.$transaction(async (tx) => {
        if (identity !== null && !(await mayHave(tx, id, identity))) return false
        const lastSignInAt = clock()
        const row = await tx.administrator.update({
          where: { id },
          data: { failedSignIns: 0, lockedUntil: null, lastSignInAt, ...identityColumns(identity) },
        })
        await audit(tx, row, actor, 'signed-in', null, { provenBy, ...(identity === null ? {} : { identity }) })
        return true
      }),

    noteRefusedIdentity: (id, why, identity, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.administrator.findUniqueOrThrow({ where: { id } })
        await audit(tx, row, actor, 'refused', null, { why, identity })
      }),

    forgetIdentity: (id, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.administrator.findUnique({ where: { id } })
        const identity = row === null ? null : identityOf(row)
        if (row === null || identity === null) return false
        await tx.administrator.update({ where: { id }, data: { openIdIssuer: null, openIdSubject: null } })
        // A sign-in that the account has begun is not to bring it back.
        await tx.session.deleteMany({ where: { administratorId: id, openIdSubject: { not: null } } })
        await audit(tx, row, actor, 'changed', { identity }, { identity: null })
        return true
      }),

    changeOwnPassword: (id, passwordHash, keepSession, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.administrator.update({
          where: { id },
          data: { passwordHash, version: { increment: 1 }, updatedAt: clock() },
        })
        await tx.session.deleteMany({ where: { administratorId: id, tokenHash: { not: keepSession } } })
        await audit(tx, row, actor, 'changed-own-password', null, { password: secretChanged })
      }),
  }
}

const lastAdministrator = { ok: false, problem: 'last-administrator' } as const

async function isLast(tx: Transaction, { id, role, enabled }: Administrator): Promise<boolean> {
  if (role !== 'administrator' || !enabled) return false
  const others = await tx.administrator.count({ where: { role: 'administrator', enabled: true, id: { not: id } } })
  return others === 0
}

export function administratorRecord(row: Administrator): AdministratorRecord {
  const { id, username, enabled, passwordHash, failedSignIns, lockedUntil, lastSignInAt, createdAt, version } = row
  const role = row.role as Role
  const identity = identityOf(row)
  return {
    ...{ id, username, role, enabled, passwordHash, failedSignIns, lockedUntil, lastSignInAt, identity },
    ...{ createdAt, version },
  }
}

function audited({ username, role, enabled }: Administrator): AuditFields {
  return { username, role, enabled }
}
