/** What the API shows of blocks, bypasses, fraud reports, and of how a user is asked. */
import {
  methodsInOrder,
  type BlockView,
  type BypassView,
  type CompanySettings,
  type FactorKind,
  type FraudReportView,
  type NextSignIn,
  type UserStandingView,
} from '@sallyport/contract'
import type { BlockRecord, BypassRecord, FraudReportRecord, UserStandingRecord } from '@sallyport/store'

export function blockView({ createdAt, until, endedAt, ...block }: BlockRecord): BlockView {
  return { ...block, createdAt: createdAt.toISOString(), until: text(until), endedAt: text(endedAt) }
}

export function bypassView({ createdAt, expiresAt, usedAt, endedAt, ...bypass }: BypassRecord): BypassView {
  const times = { createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() }
  return { ...bypass, ...times, usedAt: text(usedAt), endedAt: text(endedAt) }
}

export function fraudReportView({ at, handledAt, notifiedAt, ...report }: FraudReportRecord): FraudReportView {
  return { ...report, at: at.toISOString(), handledAt: text(handledAt), notifiedAt: text(notifiedAt) }
}

export function userStandingView(record: UserStandingRecord, company: CompanySettings, now: Date): UserStandingView {
  const { user, factors, pin, devices } = record
  const missing = methodsOfUser(record, company).flatMap((method) => {
    const what = lacking(method, record, company)
    return what === null ? [] : [{ method, what }]
  })
  const usable = usableMethods(record, company)
  return {
    factors,
    version: user.version,
    pin: pin && {
      ...{ changedAt: pin.changedAt.toISOString(), mustChange: pin.mustChange },
      expired: isExpired(pin.changedAt, company.pin.expiresAfterDays, now),
    },
    devices: devices.map(({ createdAt, lastSeenAt, ...device }) => ({
      ...device,
      createdAt: createdAt.toISOString(),
      lastSeenAt: text(lastSeenAt),
    })),
    blocks: record.blocks.map(blockView),
    bypasses: record.bypasses.map(bypassView),
    fraudReports: record.fraudReports.map(fraudReportView),
    next: nextSignIn(record, company, usable, now),
    missing,
  }
}

/** As the second factor sees it: see access/factor/new-pin.ts. */
function isExpired(changedAt: Date, afterDays: number | null, now: Date): boolean {
  return afterDays !== null && now.getTime() >= changedAt.getTime() + afterDays * dayMs
}

const dayMs = 24 * 60 * 60_000

type Lack = UserStandingView['missing'][number]['what']

/** The methods by which this user can be asked now, in their order. */
export function usableMethods(record: UserStandingRecord, company: CompanySettings): FactorKind[] {
  return methodsOfUser(record, company).filter((method) => lacking(method, record, company) === null)
}

/** The methods that are meant for this user, in the order in which they are tried. */
export function methodsOfUser(
  { factors: { factorMethods }, factorOrder }: UserStandingRecord,
  company: CompanySettings,
): readonly FactorKind[] {
  return methodsInOrder({ factorMethods, factorOrder }, company)
}

/** What keeps a method from being used for this user; null: nothing that is known here. */
export function lacking(
  method: FactorKind,
  { user, factors, pin, devices }: UserStandingRecord,
  company: CompanySettings,
): Lack | null {
  if (!company.methods.includes(method)) return 'not-allowed'
  switch (method) {
    case 'oath':
      return user.tokenCount === 0 ? 'no-token' : null
    case 'push':
      if (devices.length === 0) return 'no-device'
      return (factors.appMode ?? company.appMode) === 'pin' && pin === null ? 'no-pin' : null
    case 'text':
      if (factors.phone === '') return 'no-phone'
      return (factors.textWithPin ?? company.textWithPin) && pin === null ? 'no-pin' : null
    case 'call':
      if (factors.phone === '' && factors.backupPhone === '') return 'no-phone'
      return (factors.callMode ?? company.callMode) === 'pin' && pin === null ? 'no-pin' : null
    case 'email':
      return user.email === '' ? 'no-email' : null
  }
}

/** In the order of access/standing: blocked, off, locked, bypass, asked. Caching rules and trusted networks depend on where from. */
function nextSignIn(
  { user, bypasses }: UserStandingRecord,
  { whenFactorOff }: CompanySettings,
  methods: FactorKind[],
  now: Date,
): NextSignIn {
  if (user.block) return { kind: 'blocked', until: text(user.block.until) }
  if (!user.enabled) return { kind: whenFactorOff === 'refuse' ? 'refused-factor-off' : 'password-alone' }
  if (user.factorLockedUntil !== null && user.factorLockedUntil > now)
    return { kind: 'locked', until: user.factorLockedUntil.toISOString() }
  const open = bypasses.filter(({ state }) => state === 'open').map(({ expiresAt }) => expiresAt.getTime())
  if (open.length > 0) return { kind: 'bypass', until: new Date(Math.min(...open)).toISOString() }
  return methods.length > 0 ? { kind: 'asked', methods } : { kind: 'nothing-usable' }
}

function text(time: Date | null): string | null {
  return time === null ? null : time.toISOString()
}
