/** A session as its browser sees it. */
import type { OwnFactor, SessionView } from '@sallyport/contract'
import type { AdministratorFactors, AdministratorRecord } from '@sallyport/store'

export type ViewSession = (
  administrator: Pick<AdministratorRecord, 'id' | 'username' | 'role'>,
  expiresAt: Date,
) => Promise<SessionView>

interface ViewDependencies {
  readonly factorsOf: (administratorId: string) => Promise<AdministratorFactors>
  readonly sampleSite: boolean
}

export function createViewSession({ factorsOf, sampleSite }: ViewDependencies): ViewSession {
  return async ({ id, username, role }, expiresAt) => ({
    administrator: { id, username, role },
    factors: [...ownFactors(await factorsOf(id))],
    expiresAt: expiresAt.toISOString(),
    sampleSite,
  })
}

/** What somebody may be asked for; recovery codes stand in for a factor, and are none by themselves. */
export function ownFactors({ totp, recoveryCodes }: AdministratorFactors): readonly OwnFactor[] {
  if (totp === null) return []
  return (recoveryCodes?.left ?? 0) > 0 ? ['totp', 'recovery-code'] : ['totp']
}
