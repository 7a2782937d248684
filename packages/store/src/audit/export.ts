/** The audit trail as lines of JSON, which say by themselves whether anybody touched them. */
import { z } from 'zod'
import { checkChain, type ChainCheck, type SealedEntry } from './check-chain.ts'
import type { TrailStart } from './trail-start.ts'

const format = 'sallyport-audit-1'
const formatOfCut = 'sallyport-audit-2'

/** The line before the first entry, where older ones were removed for their age: what the first one follows. */
const beginning = z.strictObject({
  format: z.literal(formatOfCut),
  begins: z.strictObject({ after: z.int().min(1), hash: z.string() }),
})

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
  | {
      readonly ok: true
      readonly entries: number
      readonly lastHash: string
      readonly exportedAt: string
      /** What went before for its age, as the trail itself tells; null: nothing did. */
      readonly begins: {
        readonly after: number
        readonly hash: string
        readonly upToAt: string
        readonly removedAt: Date
      } | null
      /** Whether it goes on from the earlier export; null: there was none, or all of it was removed since. */
      readonly goesOn: true | null
    }
  | {
      readonly ok: false
      /**
       * `altered`: its content or place is not what was hashed; `unreadable`: no entry; `cut-off`: lines at the end are missing;
       * `unexplained`: it begins later than the first entry, and tells of no removal that would be allowed and fit; `other-trail`: it
       * is not what the earlier export became.
       */
      readonly problem: 'altered' | 'unreadable' | 'cut-off' | 'unexplained' | 'other-trail'
      readonly line: number
      /** What stands there: who did what to whom, as far as it can be read. */
      readonly entry: Pick<
        SealedEntry,
        'sequence' | 'at' | 'administrator' | 'action' | 'subjectKind' | 'subjectName'
      > | null
    }

/** @param pieces entries in the order of their numbers */
export async function* exportLines(
  start: TrailStart,
  pieces: AsyncIterable<readonly SealedEntry[]>,
  now: Date,
): AsyncGenerator<string> {
  let entries = 0
  let lastHash = start.hash
  if (start.sequence > 0) {
    const begins = { after: start.sequence, hash: start.hash }
    yield `${JSON.stringify({ format: formatOfCut, begins } satisfies z.infer<typeof beginning>)}\n`
  }
  for await (const piece of pieces) {
    yield piece.map((row) => `${JSON.stringify(row)}\n`).join('')
    entries += piece.length
    lastHash = piece.at(-1)?.hash ?? lastHash
  }
  yield `${JSON.stringify({ format, exportedAt: now.toISOString(), entries, lastHash } satisfies z.infer<typeof end>)}\n`
}

/**
 * Checks an export without the server that made it. Whoever rewrote the trail from some entry on, hashes and all, is found only by
 * comparing with an older export.
 * @param earlier the last entry of an older export: it has to be in this one with the same hash, or to lie before where this one begins
 */
export async function verifyExport(lines: AsyncIterable<string>, earlier?: TrailStart): Promise<AuditVerdict> {
  let chain = checkChain()
  let begins: z.infer<typeof beginning>['begins'] | null = null
  let number = 0
  let goesOn: true | null = null
  for await (const line of lines) {
    number++
    const json = parsed(line)
    const first = number === 1 ? beginning.safeParse(json) : undefined
    if (first?.success === true) {
      begins = first.data.begins
      chain = checkChain({ sequence: begins.after, hash: begins.hash })
      continue
    }
    const last = end.safeParse(json)
    if (last.success) return atEnd(last.data, { chain, begins, number, earlier, goesOn })
    const row = entry.safeParse(json)
    if (!row.success) return { ok: false, problem: 'unreadable', line: number, entry: null }
    if (!chain.follows(row.data)) return { ok: false, problem: 'altered', line: number, entry: row.data }
    if (row.data.sequence === earlier?.sequence) {
      if (row.data.hash !== earlier.hash) return { ok: false, problem: 'other-trail', line: number, entry: row.data }
      goesOn = true
    }
  }
  return { ok: false, problem: 'cut-off', line: number + 1, entry: null }
}

interface AtEnd {
  readonly chain: ChainCheck
  readonly begins: z.infer<typeof beginning>['begins'] | null
  readonly number: number
  readonly earlier: TrailStart | undefined
  readonly goesOn: true | null
}

function atEnd(
  { entries, lastHash, exportedAt }: z.infer<typeof end>,
  { chain, begins, number: line, earlier, goesOn }: AtEnd,
): AuditVerdict {
  const last = chain.last()
  const before = begins === null ? 1 : 2
  if (entries !== line - before || lastHash !== last.hash) return { ok: false, problem: 'cut-off', line, entry: null }
  if (!chain.isExplained()) return { ok: false, problem: 'unexplained', line: 1, entry: null }
  if (earlier !== undefined && earlier.sequence > last.sequence) {
    return { ok: false, problem: 'other-trail', line, entry: null }
  }
  const removal = begins === null ? null : chain.removal()
  const told = begins && removal && { ...begins, upToAt: removal.upToAt, removedAt: removal.at }
  return { ok: true, entries, lastHash, exportedAt, begins: told, goesOn }
}

/** The last entry of an export that holds: what a later one is compared with. */
export async function lastOfExport(lines: AsyncIterable<string>): Promise<TrailStart | null> {
  let last: TrailStart | null = null
  const passed = async function* () {
    for await (const line of lines) {
      const row = entry.safeParse(parsed(line))
      if (row.success) last = { sequence: row.data.sequence, hash: row.data.hash }
      yield line
    }
  }
  return (await verifyExport(passed())).ok ? last : null
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
