/** A session as its browser sees it. */
import type { OwnFactor, SessionView } from '@sallyport/contract'
import type { AdministratorFactors, AdministratorRecord } from '@sallyport/store'
import { hasFactor } from './second-factor.ts'

export type ViewSession = (
  administrator: Pick<AdministratorRecord, 'id' | 'username' | 'role'>,
  expiresAt: Date,
) => Promise<SessionView>

interface ViewDependencies {
  readonly factorsOf: (administratorId: string) => Promise<AdministratorFactors>
  readonly sampleSite: boolean
  readonly passkeys: boolean
}

export function createViewSession({ factorsOf, sampleSite, passkeys }: ViewDependencies): ViewSession {
  return async ({ id, username, role }, expiresAt) => ({
    administrator: { id, username, role },
    factors: [...ownFactors(await factorsOf(id))],
    expiresAt: expiresAt.toISOString(),
    sampleSite,
    passkeys,
  })
}

/** What somebody may be asked for; recovery codes stand in for a factor, and are none by themselves. */
export function ownFactors(factors: AdministratorFactors): readonly OwnFactor[] {
  const { totp, recoveryCodes, passkeys } = factors
  if (!hasFactor(factors)) return []
  const codes: readonly OwnFactor[] = (recoveryCodes?.left ?? 0) > 0 ? ['recovery-code'] : []
  return [...(totp === null ? [] : (['totp'] as const)), ...codes, ...(passkeys === 0 ? [] : (['passkey'] as const))]
}
