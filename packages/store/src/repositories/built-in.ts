/** Built-in users: their passwords, and what they may sign in with. */
import { appendAudit } from '../audit/append.ts'
import { differences, secretChanged, type AuditFields } from '../audit/differences.ts'
import { places } from '../sealing/places.ts'
import { builtInSettings, type SettingName } from '../settings-values.ts'
import type { Actor, BuiltInRepository, BuiltInSettings, PasswordFields } from '../types.ts'
import { accountPart, usernameKey } from '../username-key.ts'
import { changedMeanwhile, done, notFound, type Context, type Transaction } from './context.ts'
import { userRecord, withFactors } from './user-rows.ts'

const name: SettingName = 'built-in'

export async function readBuiltInSettings(from: Pick<Transaction, 'setting'>): Promise<BuiltInSettings> {
  return builtInSettings((await from.setting.findUnique({ where: { name } })) ?? undefined)
}

/** What a password's row holds: the NT hash only where the settings of this moment allow it. */
export function passwordColumns(
  { sealer, clock }: Pick<Context, 'sealer' | 'clock'>,
  userId: string,
  { hash, ntHash, mustChange }: PasswordFields,
  { allowMschapV2 }: Pick<BuiltInSettings, 'allowMschapV2'>,
) {
  const sealedNtHash = allowMschapV2 ? sealer.seal(ntHash, places.ntHash(userId)) : null
  return { hash, sealedNtHash, mustChange, changedAt: clock() }
}

export function createBuiltInRepository(context: Context): BuiltInRepository {
  const { prisma, clock } = context

  /** Changes a user's password row; the entry says that, and never what. */
  const changePassword = (
    id: string,
    actor: Actor,
    act: (tx: Transaction) => Promise<unknown>,
    fields: (hadPassword: boolean) => { before: AuditFields | null; after: AuditFields | null },
  ) =>
    prisma.$transaction(async (tx) => {
      const find = () => tx.user.findUnique({ where: { id }, include: withFactors })
      const row = await find()
      if (row === null) return notFound
      await act(tx)
      await appendAudit(tx, clock(), actor, {
        action: 'changed',
        subjectKind: 'user',
        subjectId: id,
        subjectName: row.username,
        ...fields(row.password !== null),
      })
      const changed = await find()
      return changed === null ? notFound : done(userRecord(changed, clock()))
    })

  return {
    settings: () => readBuiltInSettings(prisma),

    changeSettings: ({ version, allowMschapV2, maximumAgeDays }, actor) =>
      prisma.$transaction(async (tx) => {
        const current = await readBuiltInSettings(tx)
        if (current.version !== version) return changedMeanwhile(current)
        const now = clock()
        const data = {
          value: JSON.stringify({ allowMschapV2, maximumAgeDays }),
          version: version + 1,
          updatedAt: now,
        }
        await tx.setting.upsert({ where: { name }, create: { name, ...data }, update: data })
        if (!allowMschapV2) {
          await tx.userPassword.updateMany({ where: { sealedNtHash: { not: null } }, data: { sealedNtHash: null } })
        }
        const saved = await readBuiltInSettings(tx)
        await appendAudit(tx, now, actor, {
          action: 'changed',
          subjectKind: 'built-in',
          subjectId: null,
          subjectName: null,
          ...differences(withoutVersion(current), withoutVersion(saved)),
        })
        return done(saved)
      }),

    credentials: async (username) => {
      for (const name of [username, accountPart(username)]) {
        const row = await prisma.user.findUnique({
          where: { usernameKey: usernameKey(name) },
          include: withFactors,
        })
        if (row !== null) return { user: userRecord(row, clock()), hash: row.password?.hash ?? null }
      }
      return null
    },

    counts: async () => ({
      usersWithPassword: await prisma.userPassword.count(),
      usersWithNtHash: await prisma.userPassword.count({ where: { sealedNtHash: { not: null } } }),
    }),

    setPassword: (userId, password, actor) =>
      changePassword(
        userId,
        actor,
        async (tx) => {
          const columns = passwordColumns(context, userId, password, await readBuiltInSettings(tx))
          await tx.userPassword.upsert({ where: { userId }, create: { userId, ...columns }, update: columns })
        },
        () => ({ before: null, after: { password: secretChanged, mustChange: password.mustChange } }),
      ),

    removePassword: (userId, actor) =>
      changePassword(
        userId,
        actor,
        (tx) => tx.userPassword.deleteMany({ where: { userId } }),
        (hadPassword) => ({ before: hadPassword ? { password: secretChanged } : null, after: { password: null } }),
      ),
  }
}

function withoutVersion({ allowMschapV2, maximumAgeDays }: BuiltInSettings): AuditFields {
  return { allowMschapV2, maximumAgeDays }
}
