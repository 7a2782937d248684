/** Blocks, bypasses, reports, devices and methods: the records that their rows become. */
import { factorKind, type UserFactors } from '@sallyport/contract'
import { z } from 'zod'
import type { AppDevice, FraudReport, OneTimeBypass, Prisma, User, UserBlock } from '../generated/client.ts'
import type { BlockRecord, BypassRecord, DeviceRecord, FraudReportRecord } from '../standing-types.ts'

export const withUser = { user: { select: { id: true, username: true } } } satisfies Prisma.UserBlockInclude
interface Named {
  readonly user: { readonly id: string; readonly username: string }
}
type FactorColumns = Pick<User, Exclude<keyof UserFactors, 'factorMethods'> | 'factorMethods'>

const kinds = z.array(factorKind)

export function factorFields(row: FactorColumns): UserFactors {
  const { phone, phoneExtension, backupPhone, backupExtension, textWithPin, language } = row
  return {
    factorMethods: kinds.parse(JSON.parse(row.factorMethods)),
    ...{ phone, phoneExtension, backupPhone, backupExtension },
    callMode: row.callMode as UserFactors['callMode'],
    textMode: row.textMode as UserFactors['textMode'],
    textWithPin,
    appMode: row.appMode as UserFactors['appMode'],
    language,
  }
}

/** Exactly these, whatever else an input carries. */
export function factorColumns(input: UserFactors): FactorColumns {
  const { phone, phoneExtension, backupPhone, backupExtension, callMode, textMode, textWithPin, appMode } = input
  return {
    factorMethods: JSON.stringify(input.factorMethods),
    ...{ phone, phoneExtension, backupPhone, backupExtension, callMode, textMode, textWithPin, appMode },
    language: input.language,
  }
}

export function blockRecord(row: UserBlock & Named, now: Date): BlockRecord {
  const { id, reason, blockedBy, createdAt, until, endedAt, endedBy, user } = row
  const source = row.source === 'fraud-report' ? 'fraud-report' : 'administrator'
  const inForce = endedAt === null && (until === null || until > now)
  return { id, user, reason, source, blockedBy, createdAt, until, endedAt, endedBy, inForce }
}

export function bypassRecord(row: OneTimeBypass & Named, now: Date): BypassRecord {
  const { id, reason, givenBy, createdAt, expiresAt, usedAt, signInId, endedAt, user } = row
  const state = usedAt !== null ? 'used' : endedAt !== null ? 'ended' : expiresAt > now ? 'open' : 'expired'
  return { id, user, reason, givenBy, createdAt, expiresAt, usedAt, signInId, endedAt, state }
}

export function fraudRecord(row: FraudReport, exists: boolean): FraudReportRecord {
  const { id, at, userId, username, signInId, applicationName, callingStation, blocked } = row
  const { handledAt, handledBy, note, notifiedAt } = row
  const via = row.via as FraudReportRecord['via']
  return {
    ...{ id, at, user: { id: userId, username, exists }, signInId, via, applicationName, callingStation, blocked },
    ...{ handledAt, handledBy, note, notifiedAt },
  }
}

export function deviceRecord({ id, name, userAgent, pushEndpoint, createdAt, lastSeenAt }: AppDevice): DeviceRecord {
  return { id, name, userAgent, pushes: pushEndpoint !== null, createdAt, lastSeenAt }
}
