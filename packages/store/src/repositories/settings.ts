/** The settings that exist once each. */
import { secretChanged, type AuditFields } from '../audit/differences.ts'
import { places } from '../sealing/places.ts'
import {
  ldapJson,
  ldapSettings,
  radiusSettings,
  radiusTargetSettings,
  radsecSettings,
  targetSettings,
  type SettingRow,
} from '../settings-values.ts'
import type { LdapSettings, SettingsRepository } from '../types.ts'
import type { Context } from './context.ts'
import { findSetting as find, savePlainSetting, saveSetting, without } from './save-setting.ts'

const plain = {
  radius: { name: 'radius', subjectKind: 'radius-settings', read: radiusSettings },
  target: { name: 'target', subjectKind: 'target', read: targetSettings },
  radiusTarget: { name: 'radius-target', subjectKind: 'radius-target', read: radiusTargetSettings },
} as const

export function createSettingsRepository(context: Context): SettingsRepository {
  const { prisma, sealer } = context
  const readLdap = (row: SettingRow | undefined) => ldapSettings(row, sealer)

  return {
    radius: async () => radiusSettings(await find(prisma, 'radius')),
    changeRadius: (input, actor) => savePlainSetting(context, input, plain.radius, actor),

    radsec: async () => radsecSettings(await find(prisma, 'radsec'), sealer),
    changeRadsec: ({ version, keyPem, ...values }, actor) =>
      saveSetting(
        context,
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
    changeTarget: ({ kind, version }, actor) => savePlainSetting(context, { kind, version }, plain.target, actor),

    radiusTarget: async () => radiusTargetSettings(await find(prisma, 'radius-target')),
    changeRadiusTarget: ({ whenAllDead, version }, actor) =>
      savePlainSetting(context, { whenAllDead, version }, plain.radiusTarget, actor),

    ldap: async () => readLdap(await find(prisma, 'ldap')),
    changeLdap: (input, actor) => {
      const password = bindPassword(input)
      return saveSetting(
        context,
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

function withoutPassword({ queryBind, ...settings }: LdapSettings): AuditFields {
  return {
    ...without(settings, ['version', 'configured']),
    queryBind: queryBind.kind === 'simple' ? { kind: 'simple', dn: queryBind.dn } : queryBind,
  }
}
