/** Reads the passwords that are kept here, one at a time: the engine holds none in memory. */
import type { Database } from 'better-sqlite3'
import type { EngineReader } from '../engine-types.ts'
import type { EnginePassword } from '../engine-user-types.ts'
import { places } from '../sealing/places.ts'
import type { Sealer } from '../sealing/sealer.ts'

type Row = Omit<EnginePassword, 'mustChange'> & { readonly mustChange: 0 | 1 }

export function preparePasswords(
  database: Database,
  sealer: Sealer,
): Pick<EngineReader, 'password' | 'unsealNtHash' | 'sealNtHash' | 'sealPasswordChange' | 'unsealPasswordChange'> {
  const one = database.prepare<[string], Row>(
    'SELECT hash, sealedNtHash, mustChange, changedAt AS changedAtMs FROM UserPassword WHERE userId = ?',
  )
  return {
    password(userId) {
      const row = one.get(userId)
      return row && { ...row, mustChange: row.mustChange === 1 }
    },
    unsealNtHash: (userId, sealedNtHash) => sealer.open(sealedNtHash, places.ntHash(userId)),
    sealNtHash: (userId, ntHash) => sealer.seal(ntHash, places.ntHash(userId)),
    sealPasswordChange: (userKey, change) => sealer.seal(change, places.passwordChange(userKey)),
    unsealPasswordChange: (userKey, sealed) => sealer.open(sealed, places.passwordChange(userKey)).toString(),
  }
}
