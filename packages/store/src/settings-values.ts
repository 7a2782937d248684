/** How settings are kept: their JSON, parsed once, and what stands until somebody saves them. */
import {
  administratorPolicy as policyValue,
  administratorPolicyDefaults,
  companyDefaults,
  companySettings as companyValue,
  portalDefaults,
  portalFallbackDefaults,
  portalFallbackSettings as portalFallbackValue,
  portalSettings as portalValue,
  syncSettings as syncValue,
  unsavedSyncSettings,
  type AdministratorPolicy,
  type CompanySettings,
  type PortalFallbackSettings,
  type PortalSettings,
  type SyncSettings,
} from '@sallyport/contract'
import { z } from 'zod'
import { places } from './sealing/places.ts'
import type { Sealer } from './sealing/sealer.ts'
import type {
  BuiltInSettings,
  LdapSettings,
  RadiusSettings,
  RadiusTargetSettings,
  RadsecSettings,
  TargetSettings,
} from './types.ts'

/** A row of `Setting`. */
export interface SettingRow {
  readonly value: string
  readonly sealed: string | null
  readonly version: number
}

/** What is saved whole, each by its name. */
export type SettingName =
  | 'radius'
  | 'radsec'
  | 'target'
  | 'ldap'
  | 'built-in'
  | 'radius-target'
  | 'windows-domain'
  | 'company'
  | 'portal'
  | 'portal-fallback'
  | 'directory-sync'
  | 'administrator-policy'
  | 'openid'
  | 'alerts'
  | 'retention'
  | 'console-certificate'
  | 'portal-certificate'

/** What a release before accounting saved has no word on it. */
const radiusValue = z.object({
  enabled: z.boolean(),
  authenticationPorts: z.array(z.int()),
  accountingPorts: z.array(z.int()).default([1813, 1646]),
  accountingSilenceHours: z.int().default(24),
})
const targetValue = z.object({ kind: z.enum(['none', 'ldap', 'radius', 'built-in', 'windows-domain']) })
const builtInValue = z.object({ allowMschapV2: z.boolean(), maximumAgeDays: z.int().nullable() })
const radiusTargetValue = z.object({ whenAllDead: z.enum(['silence', 'reject']) })
/** What the contract asks of an input, it asked when this was saved. */
const ldapValue = z.object({
  servers: z.array(z.strictObject({ url: z.string() })),
  tls: z.enum(['none', 'starttls', 'ldaps']),
  caPem: z.string().nullable(),
  baseDn: z.string(),
  userLookup: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('search'), filter: z.string() }),
    z.strictObject({ kind: z.literal('template'), dn: z.string() }),
  ]),
  connectTimeoutMs: z.int(),
  operationTimeoutMs: z.int(),
  sizeLimit: z.int(),
  queryBind: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('anonymous') }),
    z.object({ kind: z.literal('simple'), dn: z.string() }),
  ]),
})

const radsecValue = z.object({
  enabled: z.boolean(),
  port: z.int(),
  certificatePem: z.string(),
  caPem: z.string(),
})

/** Version 1 is what nobody has saved yet. */
const unsaved = 1

export function radiusSettings(row: SettingRow | undefined): RadiusSettings {
  if (row === undefined)
    return { ...radiusValue.parse({ enabled: false, authenticationPorts: [1812, 1645] }), version: unsaved }
  return { ...radiusValue.parse(JSON.parse(row.value)), version: row.version }
}

export function radsecSettings(row: SettingRow | undefined, sealer: Sealer): RadsecSettings {
  if (row === undefined) {
    return { enabled: false, port: 2083, certificatePem: '', keyPem: null, caPem: '', version: unsaved }
  }
  const keyPem = row.sealed === null ? null : sealer.open(row.sealed, places.setting('radsec')).toString()
  return { ...radsecValue.parse(JSON.parse(row.value)), keyPem, version: row.version }
}

export function targetSettings(row: SettingRow | undefined): TargetSettings {
  if (row === undefined) return { kind: 'none', version: unsaved }
  return { ...targetValue.parse(JSON.parse(row.value)), version: row.version }
}

export function builtInSettings(row: SettingRow | undefined): BuiltInSettings {
  if (row === undefined) return { allowMschapV2: false, maximumAgeDays: null, version: unsaved }
  return { ...builtInValue.parse(JSON.parse(row.value)), version: row.version }
}

export function radiusTargetSettings(row: SettingRow | undefined): RadiusTargetSettings {
  if (row === undefined) return { whenAllDead: 'silence', version: unsaved }
  return { ...radiusTargetValue.parse(JSON.parse(row.value)), version: row.version }
}

/** What an earlier release saved has no word on what came since: the default stands. */
export function companySettings(row: SettingRow | undefined): CompanySettings {
  if (row === undefined) return { ...companyDefaults, version: unsaved }
  const saved = z.record(z.string(), z.unknown()).parse(JSON.parse(row.value))
  return companyValue.parse({ ...companyDefaults, ...saved, version: row.version })
}

/** And of the administrators'. */
export function administratorPolicy(row: SettingRow | undefined): AdministratorPolicy {
  if (row === undefined) return { ...administratorPolicyDefaults, version: unsaved }
  const saved = z.record(z.string(), z.unknown()).parse(JSON.parse(row.value))
  return policyValue.parse({ ...administratorPolicyDefaults, ...saved, version: row.version })
}

/** The same of the portal's. */
export function portalSettings(row: SettingRow | undefined): PortalSettings {
  if (row === undefined) return { ...portalDefaults, version: unsaved }
  const saved = z.record(z.string(), z.unknown()).parse(JSON.parse(row.value))
  return portalValue.parse({ ...portalDefaults, ...saved, version: row.version })
}

export function portalFallbackSettings(row: SettingRow | undefined): PortalFallbackSettings {
  if (row === undefined) return { ...portalFallbackDefaults, version: unsaved }
  const saved = z.record(z.string(), z.unknown()).parse(JSON.parse(row.value))
  return portalFallbackValue.parse({ ...portalFallbackDefaults, ...saved, version: row.version })
}

/** And of the synchronization's. */
export function syncSettings(row: SettingRow | undefined): SyncSettings {
  if (row === undefined) return { ...unsavedSyncSettings, version: unsaved }
  const saved = z.record(z.string(), z.unknown()).parse(JSON.parse(row.value))
  return syncValue.parse({ ...unsavedSyncSettings, ...saved, version: row.version })
}

export function ldapSettings(row: SettingRow | undefined, sealer: Sealer): LdapSettings {
  if (row === undefined) return unsavedLdap
  const { queryBind, ...fields } = ldapValue.parse(JSON.parse(row.value))
  const { version } = row
  if (queryBind.kind === 'anonymous') return { ...fields, queryBind, version, configured: true }
  const password = row.sealed === null ? '' : sealer.open(row.sealed, places.setting('ldap')).toString()
  return { ...fields, queryBind: { ...queryBind, password }, version, configured: true }
}

const unsavedLdap: LdapSettings = {
  servers: [{ url: 'ldaps://' }],
  tls: 'ldaps',
  caPem: null,
  baseDn: '',
  userLookup: { kind: 'search', filter: '(uid={username})' },
  connectTimeoutMs: 3000,
  operationTimeoutMs: 5000,
  sizeLimit: 1000,
  queryBind: { kind: 'anonymous' },
  version: unsaved,
  configured: false,
}

/** The JSON for the row, without the password, which is sealed beside it. */
export function ldapJson(settings: Omit<LdapSettings, 'configured'>): string {
  return JSON.stringify(ldapValue.parse(settings))
}
