/** The second factors of administrators, and what is asked of all of them, as the store keeps them. */
import type { AdministratorPolicy } from '@sallyport/contract'
import type { Actor, Change } from './change.ts'

export interface AdministratorFactors {
  readonly totp: { readonly createdAt: Date } | null
  /** Null: none were ever drawn. */
  readonly recoveryCodes: { readonly left: number; readonly createdAt: Date } | null
  readonly passkeys: number
}

export interface AdministratorFactorRepository {
  ofAdministrator(administratorId: string): Promise<AdministratorFactors>
  /** Everybody's, by the administrator's id; who has none is missing. */
  all(): Promise<ReadonlyMap<string, AdministratorFactors>>
  /** The unsealed secret, which never leaves the server's own threads. */
  totp(administratorId: string): Promise<{ readonly secret: Buffer; readonly lastUsedStep: number } | null>
  /** Takes the place of an earlier one; `step` is that of the code that proved it, and is used up. Ends all other sessions. */
  setTotp(
    administratorId: string,
    input: { readonly secret: Uint8Array; readonly step: number; readonly keepSession: string },
    actor: Actor,
  ): Promise<void>
  /** Uses a step up; false: it or a later one was used already. */
  useTotpStep(administratorId: string, step: number): Promise<boolean>
  removeTotp(administratorId: string, actor: Actor): Promise<boolean>
  /** Codes as they are compared: folded. */
  replaceRecoveryCodes(administratorId: string, codes: readonly string[], actor: Actor): Promise<void>
  /** Uses a code up; false: it is none that is left. */
  useRecoveryCode(administratorId: string, code: string, actor: Actor): Promise<boolean>
  /** Counts a wrong factor like a wrong password, locks until then where a time is given, and writes it to the audit trail. */
  noteRefused(administratorId: string, lockedUntil: Date | null, actor: Actor): Promise<void>
  /** Takes every second factor and the recovery codes away, and ends the sessions; false: there is no such administrator. */
  reset(administratorId: string, actor: Actor): Promise<boolean>
}

export interface AdministratorPolicyRepository {
  /** Until saved: everybody needs a second factor. */
  settings(): Promise<AdministratorPolicy>
  change(input: AdministratorPolicy, actor: Actor): Promise<Change<AdministratorPolicy>>
}
