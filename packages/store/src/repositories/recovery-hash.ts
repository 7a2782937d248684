/** How recovery codes are kept: as an HMAC under a key that is sealed, so that who reads the database can neither use nor guess them. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { places } from '../sealing/places.ts'
import type { Context, Transaction } from './context.ts'

const keyName = 'recovery-key'

export interface RecoveryHash {
  /** The hash of somebody's code; the owner goes in, so that equal codes of two people differ. */
  (tx: Transaction, ownerId: string): Promise<(code: string) => string>
}

export function createRecoveryHash({ sealer, clock }: Pick<Context, 'sealer' | 'clock'>): RecoveryHash {
  /** Drawn when it is needed first. */
  const keyFor = async (tx: Transaction): Promise<Buffer> => {
    const row = await tx.setting.findUnique({ where: { name: keyName } })
    if (row?.sealed) return sealer.open(row.sealed, places.setting(keyName))
    const key = randomBytes(32)
    const data = { value: '{}', sealed: sealer.seal(key, places.setting(keyName)), updatedAt: clock() }
    await tx.setting.upsert({ where: { name: keyName }, create: { name: keyName, ...data }, update: data })
    return key
  }
  return async (tx, ownerId) => {
    const key = await keyFor(tx)
    return (code) => createHmac('sha256', key).update(`${ownerId}\n${code}`).digest('base64url')
  }
}

/** The row with this hash; all are looked at, whichever it is. */
export function rowOfHash<Row extends { readonly hash: string }>(rows: readonly Row[], hash: string): Row | undefined {
  const wanted = Buffer.from(hash)
  const found = rows.filter((row) => {
    const kept = Buffer.from(row.hash)
    return kept.length === wanted.length && timingSafeEqual(kept, wanted)
  })
  return found[0]
}
