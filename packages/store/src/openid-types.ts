/** Sign-in of administrators by an OpenID Connect provider, as the store keeps it. */
import type { OpenIdInput } from '@sallyport/contract'
import type { Actor, Change } from './change.ts'

/** The client's secret is unsealed and never leaves the server's own threads; empty: nobody has saved one. */
export interface OpenIdSettings extends Omit<OpenIdInput, 'clientSecret'> {
  readonly clientSecret: string
  readonly configured: boolean
}

export interface OpenIdRepository {
  settings(): Promise<OpenIdSettings>
  /** The caller has filled in the secret that stays; the audit entry says only whether it changed. */
  change(input: Omit<OpenIdSettings, 'configured'>, actor: Actor): Promise<Change<OpenIdSettings>>
}
