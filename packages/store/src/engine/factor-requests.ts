/** Reads the sign-ins that wait for a person, and keeps the secrets that belong to them. */
import { hkdfSync } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import type { StoredFactorRequest } from '../engine-record-types.ts'
import type { EngineReader } from '../engine-types.ts'
import { places } from '../sealing/places.ts'
import type { Sealer } from '../sealing/sealer.ts'

type FactorRequests = Pick<
  EngineReader,
  'factorRequests' | 'joiningKey' | 'sealFactorCode' | 'unsealFactorCode' | 'formerPins'
>

const hashes = z.array(z.string())
const keyBytes = 32

export function prepareFactorRequests(database: Database, sealer: Sealer, key: Uint8Array): FactorRequests {
  const kept = database.prepare<[number], StoredFactorRequest>(
    'SELECT id, userId, expiresAt AS expiresAtMs, body FROM FactorRequest WHERE expiresAt > ?',
  )
  const former = database.prepare<[string], string>('SELECT formerHashes FROM UserPin WHERE userId = ?').pluck()
  return {
    factorRequests: (nowMs) => kept.all(nowMs),
    // RFC 5869: from the key that seals, and telling nothing about it.
    joiningKey: () => new Uint8Array(hkdfSync('sha256', key, '', 'sallyport: joining of retried sign-ins', keyBytes)),
    sealFactorCode: (requestId, code) => sealer.seal(code, places.factorCode(requestId)),
    unsealFactorCode: (requestId, sealed) => sealer.open(sealed, places.factorCode(requestId)).toString(),
    formerPins: (userId) => hashes.parse(JSON.parse(former.get(userId) ?? '[]')),
  }
}
