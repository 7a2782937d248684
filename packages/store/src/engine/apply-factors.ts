/** What the second factors write: requests to people, and PINs that they changed. */
import type { Database } from 'better-sqlite3'
import type { FoldedRecords } from './fold-records.ts'

type Factors = Pick<FoldedRecords, 'factorRequests' | 'pins'>

/** The answer runs inside the mover's transaction. */
export function prepareFactors(database: Database): (records: Factors) => void {
  const putRequest = database.prepare<[object]>(
    `INSERT INTO FactorRequest (id, userId, expiresAt, body) VALUES ($id, $userId, $expiresAtMs, $body)
     ON CONFLICT (id) DO UPDATE SET expiresAt = excluded.expiresAt, body = excluded.body`,
  )
  const changePin = database.prepare<[object]>(
    `UPDATE UserPin SET hash = $hash, formerHashes = $formerHashes, mustChange = 0, changedAt = $atMs
     WHERE userId = $userId AND changedAt <= $atMs`,
  )
  return ({ factorRequests, pins }) => {
    for (const request of factorRequests.values()) putRequest.run(request)
    for (const { userId, hash, formerHashes, atMs } of pins.values()) {
      changePin.run({ userId, hash, formerHashes: JSON.stringify(formerHashes), atMs })
    }
  }
}
