/** What folded journal records do to the tables. Runs inside the mover's transaction. */
import type { Database } from 'better-sqlite3'
import { usernameKey } from '../username-key.ts'
import type { FoldedRecords } from './fold-records.ts'
import { prepareAccounting } from './vpn-sessions/apply-accounting.ts'

export type ApplyRecords = (records: FoldedRecords) => void

const signInColumns = [
  ...['username', 'usernameKey', 'userId', 'matchedName', 'clientId', 'clientName', 'clientAddress'],
  ...['callingStation', 'method', 'factor', 'result', 'reason', 'durationMs', 'count', 'test'],
]

export function prepareApply(database: Database): ApplyRecords {
  // One row a sign-in: a later round replaces what the earlier said, but for when it began.
  const putSignIn = database.prepare<[object]>(
    `INSERT INTO SignIn (id, at, ${signInColumns.join(', ')})
     VALUES ($id, $atMs, ${signInColumns.map((name) => `$${name}`).join(', ')})
     ON CONFLICT (id) DO UPDATE SET ${signInColumns.map((name) => `${name} = excluded.${name}`).join(', ')}`,
  )
  const addRound = database.prepare<[object]>(
    `INSERT INTO SignInRound (signInId, number, body) VALUES ($signInId, $number, $body)
     ON CONFLICT (signInId, number) DO UPDATE SET body = excluded.body`,
  )
  const countMinute = database.prepare<[object]>(
    `INSERT INTO SignInMinute (minute, result, reason, count) VALUES ($minute, $result, $reason, $count)
     ON CONFLICT (minute, result, reason) DO UPDATE SET count = count + excluded.count`,
  )
  const noteLastSignIn = database.prepare<[object]>(
    'UPDATE User SET lastSignInAt = max(coalesce(lastSignInAt, $atMs), $atMs) WHERE id = $userId',
  )
  const putChallenge = database.prepare<[object]>(
    `INSERT INTO Challenge (state, expiresAt, body) VALUES ($state, $expiresAtMs, $body)
     ON CONFLICT (state) DO UPDATE SET expiresAt = excluded.expiresAt, body = excluded.body`,
  )
  const closeChallenge = database.prepare<[string]>('DELETE FROM Challenge WHERE state = ?')
  const useStep = database.prepare<[object]>(
    `UPDATE OathToken SET lastUsedStep = max(coalesce(lastUsedStep, $step), $step),
       lastUsedAt = max(coalesce(lastUsedAt, $atMs), $atMs) WHERE id = $tokenId`,
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
  const applyAccounting = prepareAccounting(database)

  return (records) => {
    for (const record of records.signIns.values()) {
      const { username, userName: matchedName, test } = record
      putSignIn.run({ ...record, usernameKey: usernameKey(username), matchedName, test: test ? 1 : 0 })
    }
    for (const round of records.rounds) addRound.run(round)
    for (const counted of records.minutes.values()) countMinute.run(counted)
    for (const [userId, atMs] of records.lastSignIns) noteLastSignIn.run({ userId, atMs })
    for (const [state, challenge] of records.challenges) {
      if (challenge) putChallenge.run(challenge)
      else closeChallenge.run(state)
    }
    for (const [tokenId, { step, atMs }] of records.steps) useStep.run({ tokenId, step, atMs })
    for (const [userId, { failures, lockedUntilMs }] of records.failures) {
      setFailures.run({ userId, failures: JSON.stringify(failures), lockedUntilMs })
    }
    for (const { userId, hash, sealedNtHash, atMs } of records.passwords.values()) {
      changePassword.run({ userId, hash, sealedNtHash, atMs })
    }
    for (const [clientId, seen] of records.clients) seeClient.run({ clientId, ...seen })
    applyAccounting(records.restarts, records.accounting)
  }
}
