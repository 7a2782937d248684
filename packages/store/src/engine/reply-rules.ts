/** Reads the rules for what an Access-Accept carries. */
import type { Database } from 'better-sqlite3'
import type { EngineReplyRule } from '../engine-radius-types.ts'
import { places } from '../sealing/places.ts'
import type { Sealer } from '../sealing/sealer.ts'

interface Row extends EngineReplyRule {
  readonly sealedValue: string | null
}

export function prepareReplyRules(database: Database, sealer: Sealer): () => readonly EngineReplyRule[] {
  const enabled = database.prepare<[], Row>(
    `SELECT id, clientId, groupName, operation, attribute, tag, value, sealedValue
     FROM ReplyRule WHERE enabled ORDER BY position, id`,
  )
  return () =>
    enabled.all().map(({ sealedValue, ...rule }) => ({
      ...rule,
      value: sealedValue === null ? rule.value : sealer.open(sealedValue, places.replyValue(rule.id)).toString(),
    }))
}
