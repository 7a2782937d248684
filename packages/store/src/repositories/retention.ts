/** For how long each kind of record is kept, and what was removed. */
import {
  retentionDefaults,
  retentionSettings,
  type RetentionDays,
  type RetentionHold,
  type RetentionKind,
  type RetentionRun,
  type RetentionSettings,
} from '@sallyport/contract'
import type { RetentionPart } from '../generated/client.ts'
import type { RetentionPartRecord, RetentionRepository } from '../retention-types.ts'
import type { SettingRow } from '../settings-values.ts'
import type { Context } from './context.ts'
import { findSetting, saveSetting } from './save-setting.ts'

export function createRetentionRepository(context: Context): RetentionRepository {
  const { prisma } = context
  return {
    settings: async () => settingsOf(await findSetting(prisma, 'retention')),
    change: (input, agreed, actor) => {
      const { version, days } = retentionSettings.parse(input)
      const removesAtOnce = Object.fromEntries(agreed.map(({ kind, rows }) => [kind, rows]))
      return saveSetting(
        context,
        version,
        {
          ...{ name: 'retention', subjectKind: 'retention', read: settingsOf },
          ...{ value: JSON.stringify({ days }), sealed: null },
          audited: ({ days: each }) => each,
          alsoChanged: () => (agreed.length === 0 ? {} : { removesAtOnce }),
        },
        actor,
      )
    },
    runs: async (limit) => {
      const orderBy = [{ startedAt: 'desc' }, { id: 'desc' }] as const
      const rows = await prisma.retentionRun.findMany({ orderBy: [...orderBy], take: limit, include: { parts: true } })
      return rows.map(({ parts, ...run }) => ({
        ...run,
        problem: run.problem as RetentionRun['problem'],
        parts: parts.map(partRecord),
      }))
    },
  }
}

function settingsOf(row: SettingRow | undefined): RetentionSettings {
  if (row === undefined) return { days: retentionDefaults, version: 1 }
  const { days } = JSON.parse(row.value) as { days: Partial<RetentionDays> }
  return retentionSettings.parse({ days: { ...retentionDefaults, ...days }, version: row.version })
}

function partRecord({ kind, before, state, toRemove, removed, problem }: RetentionPart): RetentionPartRecord {
  return {
    ...{ before, toRemove, removed },
    problem: problem as RetentionHold | null,
    kind: kind as RetentionKind,
    state: state as RetentionPartRecord['state'],
  }
}
