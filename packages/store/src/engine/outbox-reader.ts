/** The forwarder's end of the outbox: pages of it by prepared statements, on a connection that never writes. */
import type { OutboxRow } from '../engine-accounting-types.ts'
import type { OutboxReader } from '../engine-types.ts'
import { dataPaths } from '../paths.ts'
import { readKey } from '../sealing/key-file.ts'
import { places } from '../sealing/places.ts'
import { createSealer } from '../sealing/sealer.ts'
import { StoreError } from '../store-error.ts'
import { openReadOnly } from './connection.ts'

const columns = 'id, heardAt AS heardAtMs, sessionKey, attributes, clientId, sealedSecret'

/** The database and its key must be there: the main thread opens the store first. */
export function openOutboxReader({ dataDir }: { readonly dataDir: string }): OutboxReader {
  const paths = dataPaths(dataDir)
  const key = readKey(paths.key)
  if (key === undefined) throw new StoreError('key-missing', `The key file ${paths.key} is gone. Put it back.`)
  const sealer = createSealer(key)
  const database = openReadOnly(paths.database)
  const after = database.prepare<[number, number], OutboxRow>(
    `SELECT ${columns} FROM AccountingOutbox WHERE id > ? ORDER BY id LIMIT ?`,
  )
  const ofSession = database.prepare<[number, number, number, number], OutboxRow>(
    `SELECT ${columns} FROM AccountingOutbox WHERE sessionKey = ? AND id >= ? AND id <= ? ORDER BY id LIMIT ?`,
  )
  const oldest = database.prepare<[], number>('SELECT heardAt FROM AccountingOutbox ORDER BY id LIMIT 1').pluck()
  const last = database.prepare<[], number | null>('SELECT max(id) FROM AccountingOutbox').pluck()
  return {
    after: (id, atMost) => after.all(id, atMost),
    ofSession: (sessionKey, fromId, toId, atMost) => ofSession.all(sessionKey, fromId, toId, atMost),
    oldestAtMs: () => oldest.get() ?? null,
    lastId: () => last.get() ?? 0,
    secretOf: ({ clientId, sealedSecret }) =>
      sealedSecret === null ? undefined : sealer.open(sealedSecret, places.outboxSecret(clientId)),
    close: () => database.close(),
  }
}
