/** What each kind of journal record does to the tables. Runs inside the mover's transaction. */
import type { Database } from 'better-sqlite3'
import type { JournalRecord, SignInRecord } from '../engine-types.ts'
import { usernameKey } from '../username-key.ts'

type Handlers = { readonly [Kind in JournalRecord['kind']]: (record: Extract<JournalRecord, { kind: Kind }>) => void }
export type ApplyRecord = (record: JournalRecord) => void

const minuteMs = 60_000

export function prepareHandlers(database: Database): ApplyRecord {
  const run = (sql: string) => {
    const statement = database.prepare<[object]>(sql)
    return (parameters: object) => void statement.run(parameters)
  }
  const signIn = prepareSignIn(database)
  const putChallenge = run(
    `INSERT INTO Challenge (state, expiresAt, body) VALUES ($state, $expiresAtMs, $body)
     ON CONFLICT (state) DO UPDATE SET expiresAt = excluded.expiresAt, body = excluded.body`,
  )
  const closeChallenge = run('DELETE FROM Challenge WHERE state = $state')
  const useStep = run(
    `UPDATE OathToken SET lastUsedStep = max(coalesce(lastUsedStep, $step), $step),
       lastUsedAt = max(coalesce(lastUsedAt, $atMs), $atMs) WHERE id = $tokenId`,
  )
  const setFailures = run(
    'UPDATE User SET factorFailures = $failures, factorLockedUntil = $lockedUntilMs WHERE id = $userId',
  )
  const seeClient = run(
    `UPDATE RadiusClient SET lastSeenAt = max(coalesce(lastSeenAt, $atMs), $atMs),
       messageAuthenticatorSeenAt = coalesce(messageAuthenticatorSeenAt, $authenticatedAtMs) WHERE id = $clientId`,
  )
  const handlers: Handlers = {
    'sign-in': (record) => signIn(record.signIn),
    'challenge-opened': (record) => putChallenge(record.challenge),
    'challenge-changed': (record) => putChallenge(record.challenge),
    'challenge-closed': ({ state }) => closeChallenge({ state }),
    'oath-used': ({ tokenId, step, atMs }) => useStep({ tokenId, step, atMs }),
    'factor-failures': ({ userId, failures, lockedUntilMs }) =>
      setFailures({ userId, failures: JSON.stringify(failures), lockedUntilMs }),
    'client-seen': ({ clientId, atMs, messageAuthenticator }) =>
      seeClient({ clientId, atMs, authenticatedAtMs: messageAuthenticator ? atMs : null }),
  }
  return (record) => {
    const handle = handlers[record.kind] as (record: JournalRecord) => void
    handle(record)
  }
}

/** One row a sign-in: a later round replaces what the earlier said, but for when and as what it began. */
function prepareSignIn(database: Database): (record: SignInRecord) => void {
  const columns = [
    ...['username', 'usernameKey', 'userId', 'matchedName', 'clientId', 'clientName', 'clientAddress'],
    ...['callingStation', 'method', 'factor', 'result', 'reason', 'durationMs', 'count'],
  ]
  const upsert = database.prepare<[object]>(
    `INSERT INTO SignIn (id, at, ${columns.join(', ')}) VALUES ($id, $atMs, ${columns.map((name) => `$${name}`).join(', ')})
     ON CONFLICT (id) DO UPDATE SET ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`,
  )
  const addRound = database.prepare<[string, number, string]>(
    `INSERT INTO SignInRound (signInId, number, body) VALUES (?, ?, ?)
     ON CONFLICT (signInId, number) DO UPDATE SET body = excluded.body`,
  )
  const countMinute = database.prepare<[number, string, string, number]>(
    `INSERT INTO SignInMinute (minute, result, reason, count) VALUES (?, ?, ?, ?)
     ON CONFLICT (minute, result, reason) DO UPDATE SET count = count + excluded.count`,
  )
  const noteLastSignIn = database.prepare<[object]>(
    'UPDATE User SET lastSignInAt = max(coalesce(lastSignInAt, $atMs), $atMs) WHERE id = $userId',
  )
  return (record) => {
    const { id, username, userId, roundNumber, roundJson, roundAtMs, result, reason, count } = record
    upsert.run({ ...record, usernameKey: usernameKey(username), matchedName: record.userName })
    if (roundJson !== null) addRound.run(id, roundNumber, roundJson)
    countMinute.run(roundAtMs - (roundAtMs % minuteMs), result, reason, count)
    if (result === 'accepted' && userId !== null) noteLastSignIn.run({ userId, atMs: roundAtMs })
  }
}
