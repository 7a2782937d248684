/** What folded journal records do to the tables. Runs inside the mover's transaction. */
import type { Database } from 'better-sqlite3'
import type { SignInRecord } from '../engine-record-types.ts'
import { usernameKey } from '../username-key.ts'
import type { FoldedRecords } from './fold-records.ts'
import { prepareFactors } from './apply-factors.ts'
import { prepareUsage } from './apply-usage.ts'
import { prepareLogEvents } from './log-events.ts'
import { preparePutting } from './outbox.ts'
import { prepareStanding } from './standing.ts'
import { prepareAccounting } from './vpn-sessions/apply-accounting.ts'

export type ApplyRecords = (records: FoldedRecords) => void

/** The columns of a sign-in, in order: what is written for each of them goes by position, which is quicker than by name. */
const signIn: readonly (readonly [column: string, value: (record: SignInRecord) => string | number | null])[] = [
  ['id', ({ id }) => id],
  ['at', ({ atMs }) => atMs],
  ['username', ({ username }) => username],
  ['usernameKey', ({ username }) => usernameKey(username)],
  ['userId', ({ userId }) => userId],
  ['matchedName', ({ userName }) => userName],
  ['clientId', ({ clientId }) => clientId],
  ['clientName', ({ clientName }) => clientName],
  ['clientAddress', ({ clientAddress }) => clientAddress],
  ['callingStation', ({ callingStation }) => callingStation],
  ['method', ({ method }) => method],
  ['factor', ({ factor }) => factor],
  ['result', ({ result }) => result],
  ['reason', ({ reason }) => reason],
  ['durationMs', ({ durationMs }) => durationMs],
  ['count', ({ count }) => count],
  ['test', ({ test }) => (test ? 1 : 0)],
]
/** What the first round said for good: which sign-in it is, and when it began. */
const lasting = ['id', 'at']
const quarterMs = 900_000

export function prepareApply(database: Database): ApplyRecords {
  // One row a sign-in: a later round replaces what the earlier said, but for when it began.
  const columns = signIn.map(([column]) => column)
  const changing = columns.filter((column) => !lasting.includes(column))
  const putSignIn = database.prepare(
    `INSERT INTO SignIn (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
     ON CONFLICT (id) DO UPDATE SET ${changing.map((column) => `${column} = excluded.${column}`).join(', ')}`,
  )
  const addRound = database.prepare<[string, number, string]>(
    `INSERT INTO SignInRound (signInId, number, body) VALUES (?, ?, ?)
     ON CONFLICT (signInId, number) DO UPDATE SET body = excluded.body`,
  )
  const countMinute = database.prepare<[object]>(
    `INSERT INTO SignInMinute (minute, result, reason, count) VALUES ($minute, $result, $reason, $count)
     ON CONFLICT (minute, result, reason) DO UPDATE SET count = count + excluded.count`,
  )
  const countQuarter = database.prepare<[object]>(
    `INSERT INTO SignInQuarter (quarter, result, reason, count)
     VALUES ($minute - $minute % ${quarterMs}, $result, $reason, $count)
     ON CONFLICT (quarter, result, reason) DO UPDATE SET count = count + excluded.count`,
  )
  const noteLastSignIn = database.prepare<[number, string]>(
    'UPDATE User SET lastSignInAt = max(coalesce(lastSignInAt, 0), ?) WHERE id = ?',
  )
  const putChallenge = database.prepare<[object]>(
    `INSERT INTO Challenge (state, expiresAt, body) VALUES ($state, $expiresAtMs, $body)
     ON CONFLICT (state) DO UPDATE SET expiresAt = excluded.expiresAt, body = excluded.body`,
  )
  const closeChallenge = database.prepare<[string]>('DELETE FROM Challenge WHERE state = ?')
  const useStep = database.prepare<[object]>(
    // An administrator who set the token's clock right meanwhile knew better than a code before that did.
    `UPDATE OathToken SET
       driftSteps = iif($drift IS NULL OR $step <= coalesce(lastUsedStep, -1), driftSteps, $drift),
       lastUsedStep = max(coalesce(lastUsedStep, 0), $step),
       lastUsedAt = max(coalesce(lastUsedAt, 0), $atMs) WHERE id = $tokenId`,
  )
  const setFailures = database.prepare<[object]>(
    'UPDATE User SET factorFailures = $failures, factorLockedUntil = $lockedUntilMs WHERE id = $userId',
  )
  const changePassword = database.prepare<[object]>(
    // An NT hash takes the place of one: where MS-CHAPv2 was forbidden meanwhile, none comes back.
    `UPDATE UserPassword SET hash = $hash, sealedNtHash = iif(sealedNtHash IS NULL, NULL, $sealedNtHash),
       mustChange = 0, changedAt = $atMs
     WHERE userId = $userId AND changedAt <= $atMs`,
  )
  const seeClient = database.prepare<[object]>(
    `UPDATE RadiusClient SET lastSeenAt = max(coalesce(lastSeenAt, $atMs), $atMs),
       messageAuthenticatorSeenAt = coalesce(messageAuthenticatorSeenAt, $authenticatedAtMs),
       proxyStateSeenAt = coalesce(proxyStateSeenAt, $forwardedAtMs), methodsSeen = methodsSeen | $methods
     WHERE id = $clientId`,
  )
  const addUsage = prepareUsage(database)
  const applyFactors = prepareFactors(database)
  const applyAccounting = prepareAccounting(database)
  const putIntoOutbox = preparePutting(database)
  const keepForReceivers = prepareLogEvents(database)
  const applyStanding = prepareStanding(database)
  const proveServer = database.prepare<[object]>(
    `UPDATE RadiusServer SET messageAuthenticatorSeenAt = coalesce(messageAuthenticatorSeenAt, $atMs) WHERE id = $serverId`,
  )

  return (records) => {
    for (const record of records.signIns.values()) putSignIn.run(...signIn.map(([, value]) => value(record)))
    for (const { signInId, number, body } of records.rounds) addRound.run(signInId, number, body)
    for (const counted of records.minutes.values()) {
      countMinute.run(counted)
      countQuarter.run(counted)
    }
    addUsage(records.usage)
    for (const [userId, atMs] of records.lastSignIns) noteLastSignIn.run(atMs, userId)
    for (const [state, challenge] of records.challenges) {
      if (challenge) putChallenge.run(challenge)
      else closeChallenge.run(state)
    }
    for (const [tokenId, used] of records.steps) useStep.run({ tokenId, ...used })
    for (const [userId, { failures, lockedUntilMs }] of records.failures) {
      setFailures.run({ userId, failures: JSON.stringify(failures), lockedUntilMs })
    }
    for (const { userId, hash, sealedNtHash, atMs } of records.passwords.values()) {
      changePassword.run({ userId, hash, sealedNtHash, atMs })
    }
    applyFactors(records)
    for (const [clientId, seen] of records.clients) seeClient.run({ clientId, ...seen })
    applyStanding(records)
    applyAccounting(records.restarts, records.accounting)
    for (const forward of records.toForward) putIntoOutbox(forward)
    keepForReceivers(records)
    for (const [serverId, atMs] of records.provenServers) proveServer.run({ serverId, atMs })
  }
}
