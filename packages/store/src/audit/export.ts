/** The audit trail as lines of JSON, which say by themselves whether anybody touched them. */
import { z } from 'zod'
import { checkChain, type SealedEntry } from './check-chain.ts'
import { genesis } from './chain.ts'

const format = 'sallyport-audit-1'

/** The line after the last entry: without it, the file was cut off. */
const end = z.strictObject({
  format: z.literal(format),
  exportedAt: z.iso.datetime(),
  entries: z.int(),
  lastHash: z.string(),
})

const text = z.string().nullable()
const entry = z.strictObject({
  sequence: z.int(),
  at: z.iso.datetime().transform((at) => new Date(at)),
  administrator: z.string(),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: text,
  subjectName: text,
  /** JSON, to the letter as it was hashed. */
  before: text,
  after: text,
  address: text,
  previousHash: z.string(),
  hash: z.string(),
})

/** What an export comes to. `at`: the line that is wrong, counted from 1, and what it says of itself. */
export type AuditVerdict =
  | { readonly ok: true; readonly entries: number; readonly lastHash: string; readonly exportedAt: string }
  | {
      readonly ok: false
      /** `altered`: its content or place is not what was hashed; `unreadable`: no entry; `cut-off`: lines at the end are missing. */
      readonly problem: 'altered' | 'unreadable' | 'cut-off'
      readonly line: number
      /** What stands there: who did what to whom, as far as it can be read. */
      readonly entry: Pick<
        SealedEntry,
        'sequence' | 'at' | 'administrator' | 'action' | 'subjectKind' | 'subjectName'
      > | null
    }

/** @param pieces entries in the order of their numbers */
export async function* exportLines(pieces: AsyncIterable<readonly SealedEntry[]>, now: Date): AsyncGenerator<string> {
  let entries = 0
  let lastHash = genesis
  for await (const piece of pieces) {
    yield piece.map((row) => `${JSON.stringify(row)}\n`).join('')
    entries += piece.length
    lastHash = piece.at(-1)?.hash ?? lastHash
  }
  yield `${JSON.stringify({ format, exportedAt: now.toISOString(), entries, lastHash } satisfies z.infer<typeof end>)}\n`
}

/**
 * Checks an export without the server that made it. Whoever rewrote the trail from some entry on, hashes and all, is found only by
 * comparing `lastHash`, or the hash of an entry, with an older export.
 */
export async function verifyExport(lines: AsyncIterable<string>): Promise<AuditVerdict> {
  const chain = checkChain()
  let number = 0
  for await (const line of lines) {
    number++
    const json = parsed(line)
    const last = end.safeParse(json)
    if (last.success) return atEnd(last.data, chain.last(), number)
    const row = entry.safeParse(json)
    if (!row.success) return { ok: false, problem: 'unreadable', line: number, entry: null }
    if (!chain.follows(row.data)) return { ok: false, problem: 'altered', line: number, entry: row.data }
  }
  return { ok: false, problem: 'cut-off', line: number + 1, entry: null }
}

function atEnd(
  { entries, lastHash, exportedAt }: z.infer<typeof end>,
  chained: { readonly sequence: number; readonly hash: string },
  line: number,
): AuditVerdict {
  if (entries !== line - 1 || lastHash !== chained.hash) return { ok: false, problem: 'cut-off', line, entry: null }
  return { ok: true, entries, lastHash, exportedAt }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
