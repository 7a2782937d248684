/** What lets people in without being asked, or keeps them out: read for the engine, and what sign-ins did to it written by the mover. */
import { createHmac, hkdfSync } from 'node:crypto'
import { cacheScope, factorKind } from '@sallyport/contract'
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import type { EngineTrustedNetwork, FactorPassRow } from '../engine-standing-types.ts'
import type { EngineReader } from '../engine-types.ts'
import type { FoldedRecords } from './fold-records.ts'

interface CacheRuleRow {
  readonly id: string
  readonly version: number
  readonly clientId: string | null
  readonly scope: string
  readonly methods: string
  readonly seconds: number
}

const kinds = z.array(factorKind)
const markLengthOctets = 2

/** @param key the sealing key; what is derived from it here serves nothing else */
export function prepareStandingReader(
  database: Database,
  key: Uint8Array,
): Pick<EngineReader, 'standing' | 'factorPasses' | 'passwordMark'> {
  const cacheRules = database.prepare<[], CacheRuleRow>(
    'SELECT id, version, clientId, scope, methods, seconds FROM CacheRule WHERE enabled ORDER BY position, id',
  )
  const trustedNetworks = database.prepare<[], EngineTrustedNetwork>(
    'SELECT id, name, clientId, attribute, addresses FROM TrustedNetwork WHERE enabled ORDER BY name, id',
  )
  const passes = database.prepare<[number], FactorPassRow>(
    'SELECT key, userId, expiresAt AS expiresAtMs FROM FactorPass WHERE expiresAt > ? ORDER BY expiresAt',
  )
  const markKey = Buffer.from(hkdfSync('sha256', key, '', 'sallyport password mark', 32))
  return {
    standing: () => ({
      cacheRules: cacheRules.all().map((row) => ({
        ...row,
        scope: cacheScope.parse(row.scope),
        methods: kinds.parse(JSON.parse(row.methods)),
      })),
      trustedNetworks: trustedNetworks.all(),
    }),
    factorPasses: (nowMs) => passes.all(nowMs),
    passwordMark: (userId, password) =>
      createHmac('sha256', markKey)
        .update(`${userId}\0${password}`)
        .digest()
        .subarray(0, markLengthOctets)
        .toString('hex'),
  }
}

/** Runs inside the mover's transaction. A user who was removed meanwhile leaves only the report. */
export function prepareStanding(
  database: Database,
): (records: Pick<FoldedRecords, 'bypasses' | 'passes' | 'fraudReports'>) => void {
  const useBypass = database.prepare<[object]>(
    'UPDATE OneTimeBypass SET usedAt = $atMs, signInId = $signInId WHERE id = $bypassId AND usedAt IS NULL',
  )
  const remember = database.prepare<[object]>(
    // Whoever was blocked or disabled since has to prove everything anew when that is over.
    `INSERT INTO FactorPass (key, userId, expiresAt)
     SELECT $key, $userId, $expiresAtMs WHERE EXISTS (SELECT 1 FROM User WHERE id = $userId AND enabled)
       AND NOT EXISTS (SELECT 1 FROM UserBlock WHERE userId = $userId AND createdAt >= $atMs)
     ON CONFLICT (key) DO UPDATE SET expiresAt = excluded.expiresAt`,
  )
  const forget = database.prepare<[string]>('DELETE FROM FactorPass WHERE userId = ?')
  const report = database.prepare<[object]>(
    `INSERT INTO FraudReport (id, at, userId, username, signInId, via, applicationName, callingStation, blocked)
     VALUES ($id, $atMs, $userId, $username, $signInId, $via, $applicationName, $callingStation, $blockId IS NOT NULL)
     ON CONFLICT (id) DO NOTHING`,
  )
  const block = database.prepare<[object]>(
    `INSERT INTO UserBlock (id, userId, reason, source, blockedBy, createdAt)
     SELECT $blockId, $userId, '', 'fraud-report', $username, $atMs WHERE EXISTS (SELECT 1 FROM User WHERE id = $userId)
     ON CONFLICT (id) DO NOTHING`,
  )
  return ({ bypasses, passes, fraudReports }) => {
    for (const { bypassId, signInId, atMs } of bypasses) useBypass.run({ bypassId, signInId, atMs })
    for (const { pass, atMs } of passes.values()) remember.run({ ...pass, atMs })
    for (const facts of fraudReports) {
      report.run(facts)
      if (facts.blockId !== null) block.run(facts)
      // Whoever answered for somebody else once may have before.
      forget.run(facts.userId)
    }
  }
}
