/** A setting that exists once, saved whole: unless somebody else did meanwhile, and with its entry in the audit trail. */
import { appendAudit, type AuditSubject } from '../audit/append.ts'
import { differences, type AuditFields } from '../audit/differences.ts'
import type { SettingName, SettingRow } from '../settings-values.ts'
import type { Actor, Change } from '../types.ts'
import { changedMeanwhile, done, type Context, type Transaction } from './context.ts'

interface Saving<T> {
  readonly name: SettingName
  readonly subjectKind: AuditSubject
  readonly read: (row: SettingRow | undefined) => T
  readonly value: string
  readonly sealed: string | null
  readonly audited: (settings: T) => AuditFields
  /** Fields of the entry that a comparison does not show. */
  readonly alsoChanged?: (before: T) => AuditFields
}

export async function findSetting(from: Transaction, name: SettingName): Promise<SettingRow | undefined> {
  return (await from.setting.findUnique({ where: { name } })) ?? undefined
}

/** @param version what the administrator saw; another one by now means that somebody else was faster */
export function saveSetting<T extends { readonly version: number }>(
  { prisma, clock }: Pick<Context, 'prisma' | 'clock'>,
  version: number,
  saving: Saving<T>,
  actor: Actor,
): Promise<Change<T>> {
  return prisma.$transaction(async (tx): Promise<Change<T>> => {
    const { name, subjectKind, read, value, sealed, audited, alsoChanged } = saving
    const current = read(await findSetting(tx, name))
    if (current.version !== version) return changedMeanwhile(current)
    const data = { value, sealed, version: version + 1, updatedAt: clock() }
    const saved = read(await tx.setting.upsert({ where: { name }, create: { name, ...data }, update: data }))
    const { before, after } = differences(audited(current), { ...audited(saved), ...alsoChanged?.(current) })
    await appendAudit(tx, clock(), actor, {
      ...{ action: 'changed', subjectKind, subjectId: null, subjectName: null, before, after },
    })
    return done(saved)
  })
}

/** A setting without a secret. */
export function savePlainSetting<T extends { readonly version: number }>(
  context: Pick<Context, 'prisma' | 'clock'>,
  { version, ...values }: T,
  saving: Pick<Saving<T>, 'name' | 'subjectKind' | 'read'>,
  actor: Actor,
): Promise<Change<T>> {
  const plain = { ...saving, value: JSON.stringify(values), sealed: null, audited: withoutVersion }
  return saveSetting(context, version, plain, actor)
}

function withoutVersion(settings: object): AuditFields {
  return without(settings, ['version'])
}

export function without(fields: object, names: readonly string[]): AuditFields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)))
}
