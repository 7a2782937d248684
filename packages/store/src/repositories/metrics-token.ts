/** The token that lets a scraper read the metrics; its hash is sealed. */
import { appendAudit } from '../audit/append.ts'
import type { MetricsTokenRepository } from '../settings-types.ts'
import { places } from '../sealing/places.ts'
import type { Context } from './context.ts'

const name = 'metrics-token'

export function createMetricsTokenRepository({ prisma, sealer, clock }: Context): MetricsTokenRepository {
  const find = () => prisma.setting.findUnique({ where: { name } })
  return {
    hash: async () => {
      const sealed = (await find())?.sealed ?? null
      return sealed === null ? null : sealer.open(sealed, places.setting(name)).toString()
    },
    madeAt: async () => {
      const row = await find()
      return row === null || row.sealed === null ? null : row.updatedAt
    },
    put: (hash, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.setting.findUnique({ where: { name } })
        if (hash === null && (row === null || row.sealed === null)) return
        const sealed = hash === null ? null : sealer.seal(hash, places.setting(name))
        const data = { value: '{}', sealed, version: (row?.version ?? 0) + 1, updatedAt: clock() }
        await tx.setting.upsert({ where: { name }, create: { name, ...data }, update: data })
        const action = hash === null ? 'removed' : 'created'
        const subject = { subjectKind: 'metrics-token', subjectId: null, subjectName: null } as const
        await appendAudit(tx, clock(), actor, { action, ...subject, before: null, after: null })
      }),
  }
}
