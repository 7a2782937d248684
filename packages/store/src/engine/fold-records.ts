/**
 * Many groups as one change: what a later record replaces is never written, and what is counted is added up first. The result is
 * the same as that of the records one by one; that is what makes moving cheaper than signing in.
 */
import type { AccountingRecord, AccountingToForward, DeviceRestart } from '../engine-accounting-types.ts'
import type {
  FraudReportFacts,
  JournalRecord,
  SignInRecord,
  StoredChallenge,
  StoredFactorRequest,
} from '../engine-record-types.ts'
import { foldClientSeen, type ClientSeen } from './client-seen.ts'
import { UsageFold, type FoldedUsage } from './fold-usage.ts'

export interface MinuteCount {
  readonly minute: number
  readonly result: string
  readonly reason: string
  count: number
}

export interface UsedStep {
  readonly step: number
  readonly drift: number | null
  readonly atMs: number
}

/** What is left to write, each row once. */
export interface FoldedRecords {
  /** As they stand after their last round; `atMs` is the first round's where that is here too. */
  readonly signIns: ReadonlyMap<string, SignInRecord>
  readonly rounds: readonly { readonly signInId: string; readonly number: number; readonly body: string }[]
  readonly minutes: ReadonlyMap<string, MinuteCount>
  readonly usage: FoldedUsage
  /** When each user was last let in, ms. */
  readonly lastSignIns: ReadonlyMap<string, number>
  /** Null: closed. */
  readonly challenges: ReadonlyMap<string, StoredChallenge | null>
  /** As they stand after their last record. */
  readonly factorRequests: ReadonlyMap<string, StoredFactorRequest>
  /** By token; `drift` as the newest step found it, null: nothing was found. */
  readonly steps: ReadonlyMap<string, UsedStep>
  readonly failures: ReadonlyMap<string, Extract<JournalRecord, { kind: 'factor-failures' }>>
  readonly passwords: ReadonlyMap<string, Extract<JournalRecord, { kind: 'password-changed' }>>
  readonly pins: ReadonlyMap<string, Extract<JournalRecord, { kind: 'pin-changed' }>>
  readonly clients: ReadonlyMap<string, ClientSeen>
  /** What is folded with the rows that are there: see vpn-sessions/. */
  readonly accounting: readonly AccountingRecord[]
  readonly restarts: readonly DeviceRestart[]
  readonly toForward: readonly AccountingToForward[]
  /** When each server of the target first proved itself, ms. */
  readonly provenServers: ReadonlyMap<string, number>
  readonly bypasses: readonly Extract<JournalRecord, { kind: 'bypass-used' }>[]
  /** By key. */
  readonly passes: ReadonlyMap<string, Extract<JournalRecord, { kind: 'factor-remembered' }>>
  readonly fraudReports: readonly FraudReportFacts[]
}

const minuteMs = 60_000

type Handlers = { readonly [Kind in JournalRecord['kind']]: (record: Extract<JournalRecord, { kind: Kind }>) => void }

/** @param records in the order in which they were appended */
export function foldRecords(records: Iterable<JournalRecord>): FoldedRecords {
  const signIns = new Map<string, SignInRecord>()
  const rounds: { signInId: string; number: number; body: string }[] = []
  const minutes = new Map<string, MinuteCount>()
  const usage = new UsageFold()
  const lastSignIns = new Map<string, number>()
  const challenges = new Map<string, StoredChallenge | null>()
  /** Challenges that no table has yet. */
  const openedHere = new Set<string>()
  const steps = new Map<string, UsedStep>()
  const failures = new Map<string, Extract<JournalRecord, { kind: 'factor-failures' }>>()
  const passwords = new Map<string, Extract<JournalRecord, { kind: 'password-changed' }>>()
  const factorRequests = new Map<string, StoredFactorRequest>()
  const pins = new Map<string, Extract<JournalRecord, { kind: 'pin-changed' }>>()
  const clients = new Map<string, ClientSeen>()
  const accounting: AccountingRecord[] = []
  const restarts: DeviceRestart[] = []
  const toForward: AccountingToForward[] = []
  const provenServers = new Map<string, number>()
  const bypasses: Extract<JournalRecord, { kind: 'bypass-used' }>[] = []
  const passes = new Map<string, Extract<JournalRecord, { kind: 'factor-remembered' }>>()
  const fraudReports: FraudReportFacts[] = []

  function addSignIn(signIn: SignInRecord): void {
    const { id, userId, roundNumber, roundJson, roundAtMs, result, reason, count } = signIn
    const before = signIns.get(id)
    signIns.set(id, before ? { ...signIn, atMs: before.atMs } : signIn)
    if (roundJson !== null) rounds.push({ signInId: id, number: roundNumber, body: roundJson })
    // A test of an administrator's says nothing of how sign-ins do, nor when its user was here.
    if (signIn.test) return
    usage.add(signIn)
    const minute = roundAtMs - (roundAtMs % minuteMs)
    const key = `${minute} ${result} ${reason}`
    const counted = minutes.get(key)
    if (counted) counted.count += count
    else minutes.set(key, { minute, result, reason, count })
    if (result === 'accepted' && userId !== null) {
      lastSignIns.set(userId, Math.max(lastSignIns.get(userId) ?? 0, roundAtMs))
    }
  }

  const handlers: Handlers = {
    'sign-in': ({ signIn }) => addSignIn(signIn),
    'challenge-opened': ({ challenge }) => {
      if (!challenges.has(challenge.state)) openedHere.add(challenge.state)
      challenges.set(challenge.state, challenge)
    },
    'challenge-changed': ({ challenge }) => void challenges.set(challenge.state, challenge),
    'challenge-closed': ({ state }) => {
      if (openedHere.delete(state)) challenges.delete(state)
      else challenges.set(state, null)
    },
    'oath-used': ({ tokenId, step, drift = null, atMs }) => {
      const before = steps.get(tokenId)
      const newest = before === undefined || step > before.step ? { step, drift } : before
      steps.set(tokenId, { ...newest, atMs: Math.max(before?.atMs ?? atMs, atMs) })
    },
    'factor-failures': (record) => void failures.set(record.userId, record),
    'password-changed': (record) => void passwords.set(record.userId, record),
    'factor-request': ({ request }) => void factorRequests.set(request.id, request),
    'pin-changed': (record) => void pins.set(record.userId, record),
    'bypass-used': (record) => void bypasses.push(record),
    'factor-remembered': (record) => void passes.set(record.pass.key, record),
    'fraud-reported': ({ report }) => void fraudReports.push(report),
    'client-seen': (record) => void clients.set(record.clientId, foldClientSeen(clients.get(record.clientId), record)),
    accounting: ({ record }) => void accounting.push(record),
    'device-restarted': ({ restart }) => void restarts.push(restart),
    'accounting-to-forward': ({ forward }) => void toForward.push(forward),
    'radius-server-proven': ({ serverId, atMs }) =>
      void provenServers.set(serverId, provenServers.get(serverId) ?? atMs),
  }
  for (const record of records) {
    const handle = handlers[record.kind] as (record: JournalRecord) => void
    handle(record)
  }
  return {
    signIns,
    rounds,
    minutes,
    usage,
    lastSignIns,
    challenges,
    factorRequests,
    steps,
    failures,
    passwords,
    pins,
    clients,
    accounting,
    restarts,
    toForward,
    provenServers,
    bypasses,
    passes,
    fraudReports,
  }
}
