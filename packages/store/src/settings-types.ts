/** The settings that exist once each, as the store keeps them. */
import type { LdapInput, TargetKind, WindowsDomainInput } from '@sallyport/contract'
import type { Actor, Change } from './change.ts'

export interface RadiusSettings {
  readonly enabled: boolean
  readonly authenticationPorts: readonly number[]
  readonly accountingPorts: readonly number[]
  readonly accountingSilenceHours: number
  readonly version: number
}

export interface TargetSettings {
  readonly kind: TargetKind
  readonly version: number
}

/** What belongs to all servers of the target *RADIUS server(s)*. */
export interface RadiusTargetSettings {
  readonly whenAllDead: 'silence' | 'reject'
  readonly version: number
}

/** The LDAP configuration; `bindPassword` is unsealed and never leaves the server's own threads. */
export interface LdapSettings extends Omit<LdapInput, 'queryBind'> {
  readonly queryBind:
    { readonly kind: 'anonymous' } | { readonly kind: 'simple'; readonly dn: string; readonly password: string }
  readonly configured: boolean
}

/** What built-in users may sign in with. */
export interface BuiltInSettings {
  /** Keep NT hashes. */
  readonly allowMschapV2: boolean
  readonly maximumAgeDays: number | null
  readonly version: number
}

/** The Windows domain; the account's password is unsealed and never leaves the server's own threads. */
export interface WindowsDomainSettings extends Omit<WindowsDomainInput, 'account'> {
  readonly account: { readonly username: string; readonly password: string }
  readonly configured: boolean
}

export interface WindowsDomainRepository {
  settings(): Promise<WindowsDomainSettings>
  /** The caller has filled in the password that stays; the audit entry says only whether it changed. */
  changeSettings(input: Omit<WindowsDomainSettings, 'configured'>, actor: Actor): Promise<Change<WindowsDomainSettings>>
}

/** RADIUS over TLS; `keyPem` is unsealed and never leaves the server's own threads, null: none is kept. */
export interface RadsecSettings {
  readonly enabled: boolean
  readonly port: number
  readonly certificatePem: string
  readonly keyPem: string | null
  readonly caPem: string
  readonly version: number
}

export interface SettingsRepository {
  /** Defaults until saved: off, port 2083, no certificates. */
  radsec(): Promise<RadsecSettings>
  /** The caller has filled in the key that stays; the audit entry says only whether it changed. */
  changeRadsec(input: RadsecSettings, actor: Actor): Promise<Change<RadsecSettings>>
  /** Defaults until saved: disabled, 1812 and 1645, 1813 and 1646. */
  radius(): Promise<RadiusSettings>
  changeRadius(input: RadiusSettings, actor: Actor): Promise<Change<RadiusSettings>>
  target(): Promise<TargetSettings>
  changeTarget(input: TargetSettings, actor: Actor): Promise<Change<TargetSettings>>
  radiusTarget(): Promise<RadiusTargetSettings>
  changeRadiusTarget(input: RadiusTargetSettings, actor: Actor): Promise<Change<RadiusTargetSettings>>
  ldap(): Promise<LdapSettings>
  /** The caller has filled in the password that stays; the audit entry says only whether it changed. */
  changeLdap(input: Omit<LdapSettings, 'configured'>, actor: Actor): Promise<Change<LdapSettings>>
}

/** The token that lets a scraper read the metrics. */
export interface MetricsTokenRepository {
  /** SHA-256 in hex; null: there is none. */
  hash(): Promise<string | null>
  madeAt(): Promise<Date | null>
  /** Null revokes it. */
  put(hash: string | null, actor: Actor): Promise<void>
}
