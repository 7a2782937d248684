/** Wrong answers that were given outside of sign-ins: they count towards the same lock of the user's second factor. */
import { z } from 'zod'
import { appendAudit } from '../audit/append.ts'
import type { FactorFailureRepository } from '../portal-types.ts'
import { companySettings } from '../settings-values.ts'
import type { Context } from './context.ts'

const times = z.array(z.number())
const minuteMs = 60_000

export function createFactorFailureRepository({ prisma, clock }: Context): FactorFailureRepository {
  return {
    count: (userId, actor) =>
      prisma.$transaction(async (tx) => {
        const user = await tx.user.findUnique({ where: { id: userId } })
        if (user === null) return
        const now = clock()
        const row = await tx.setting.findUnique({ where: { name: 'company' } })
        const { failures: atMost, withinMinutes, forMinutes } = companySettings(row ?? undefined).lockout
        const since = now.getTime() - withinMinutes * minuteMs
        const recent = [...times.parse(JSON.parse(user.factorFailures)).filter((at) => at > since), now.getTime()]
        const isLocked = recent.length >= atMost
        const until = isLocked ? new Date(now.getTime() + forMinutes * minuteMs) : user.factorLockedUntil
        const data = { factorFailures: JSON.stringify(isLocked ? [] : recent), factorLockedUntil: until }
        await tx.user.update({ where: { id: userId }, data })
        if (!isLocked) return
        await appendAudit(tx, now, actor, {
          ...{ action: 'changed', subjectKind: 'user', subjectId: userId, subjectName: user.username },
          ...{ before: { factorLockedUntil: null }, after: { factorLockedUntil: until?.toISOString() ?? null } },
        })
      }),
  }
}
