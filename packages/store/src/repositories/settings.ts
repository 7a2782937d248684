/** The settings that exist once each. */
import { appendAudit, type AuditSubject } from '../audit/append.ts'
import { differences, secretChanged, type AuditFields } from '../audit/differences.ts'
import { places } from '../sealing/places.ts'
import {
  ldapJson,
  ldapSettings,
  radiusSettings,
  radiusTargetSettings,
  radsecSettings,
  targetSettings,
  type SettingName,
  type SettingRow,
} from '../settings-values.ts'
import type { Actor, Change, LdapSettings, SettingsRepository } from '../types.ts'
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

export function createSettingsRepository({ prisma, sealer, clock }: Context): SettingsRepository {
  const find = async (from: Transaction, name: SettingName) =>
    (await from.setting.findUnique({ where: { name } })) ?? undefined
  const readLdap = (row: SettingRow | undefined) => ldapSettings(row, sealer)

  const save = <T extends { readonly version: number }>(version: number, saving: Saving<T>, actor: Actor) =>
    prisma.$transaction(async (tx): Promise<Change<T>> => {
      const { name, subjectKind, read, value, sealed, audited, alsoChanged } = saving
      const current = read(await find(tx, name))
      if (current.version !== version) return changedMeanwhile(current)
      const data = { value, sealed, version: version + 1, updatedAt: clock() }
      const row = await tx.setting.upsert({ where: { name }, create: { name, ...data }, update: data })
      const saved = read(row)
      const { before, after } = differences(audited(current), { ...audited(saved), ...alsoChanged?.(current) })
      await appendAudit(tx, clock(), actor, {
        action: 'changed',
        subjectKind,
        subjectId: null,
        subjectName: null,
        before,
        after,
      })
      return done(saved)
    })

  return {
    radius: async () => radiusSettings(await find(prisma, 'radius')),
    changeRadius: ({ version, ...values }, actor) =>
      save(
        version,
        {
          name: 'radius',
          subjectKind: 'radius-settings',
          read: radiusSettings,
          value: JSON.stringify(values),
          sealed: null,
          audited: withoutVersion,
        },
        actor,
      ),

    radsec: async () => radsecSettings(await find(prisma, 'radsec'), sealer),
    changeRadsec: ({ version, keyPem, ...values }, actor) =>
      save(
        version,
        {
          name: 'radsec',
          subjectKind: 'radsec',
          read: (row) => radsecSettings(row, sealer),
          value: JSON.stringify(values),
          sealed: keyPem === null ? null : sealer.seal(keyPem, places.setting('radsec')),
          audited: (settings) => without(settings, ['version', 'keyPem']),
          alsoChanged: (before) => (before.keyPem === keyPem ? {} : { key: keyPem === null ? null : secretChanged }),
        },
        actor,
      ),

    target: async () => targetSettings(await find(prisma, 'target')),
    changeTarget: ({ kind, version }, actor) =>
      save(
        version,
        {
          name: 'target',
          subjectKind: 'target',
          read: targetSettings,
          value: JSON.stringify({ kind }),
          sealed: null,
          audited: withoutVersion,
        },
        actor,
      ),

    radiusTarget: async () => radiusTargetSettings(await find(prisma, 'radius-target')),
    changeRadiusTarget: ({ whenAllDead, version }, actor) =>
      save(
        version,
        {
          name: 'radius-target',
          subjectKind: 'radius-target',
          read: radiusTargetSettings,
          value: JSON.stringify({ whenAllDead }),
          sealed: null,
          audited: withoutVersion,
        },
        actor,
      ),
    ldap: async () => readLdap(await find(prisma, 'ldap')),
    changeLdap: (input, actor) => {
      const password = bindPassword(input)
      return save(
        input.version,
        {
          name: 'ldap',
          subjectKind: 'ldap',
          read: readLdap,
          value: ldapJson(input),
          sealed: password === undefined ? null : sealer.seal(password, places.setting('ldap')),
          audited: withoutPassword,
          alsoChanged: (before) =>
            bindPassword(before) === password ? {} : { bindPassword: password === undefined ? null : secretChanged },
        },
        actor,
      )
    },
  }
}

function bindPassword({ queryBind }: Pick<LdapSettings, 'queryBind'>): string | undefined {
  return queryBind.kind === 'simple' ? queryBind.password : undefined
}

function withoutVersion(settings: object): AuditFields {
  return without(settings, ['version'])
}

function withoutPassword({ queryBind, ...settings }: LdapSettings): AuditFields {
  return {
    ...without(settings, ['version', 'configured']),
    queryBind: queryBind.kind === 'simple' ? { kind: 'simple', dn: queryBind.dn } : queryBind,
  }
}

function without(fields: object, names: readonly string[]): AuditFields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)))
}
