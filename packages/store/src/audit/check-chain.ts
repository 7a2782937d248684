/** Walks along the audit trail and says where it was tampered with. */
import { entryHash, type ChainedEntry } from './chain.ts'
import { fromTheFirst, isExplained, removalIn, type TrailRemoval, type TrailStart } from './trail-start.ts'

export interface SealedEntry extends ChainedEntry {
  readonly hash: string
}

export interface ChainCheck {
  /** The next entry, in the order of their numbers. True where it follows the one before and its content is what was hashed. */
  readonly follows: (entry: SealedEntry) => boolean
  /** Of the last entry that followed; where the trail begins before the first. */
  readonly last: () => TrailStart
  /** The newest removal of old entries that was told of so far. */
  readonly removal: () => TrailRemoval | null
  /** Once all were walked along: whether the trail tells itself why it begins where it does. */
  readonly isExplained: () => boolean
}

/** Nothing after an entry that does not follow can be judged: stop there. */
export function checkChain(start: TrailStart = fromTheFirst): ChainCheck {
  let previous = start
  let removal: TrailRemoval | null = null
  return {
    follows(entry) {
      const { sequence, hash } = entry
      const isNext = sequence === previous.sequence + 1 && entry.previousHash === previous.hash
      if (!isNext || entryHash(entry) !== hash) return false
      previous = { sequence, hash }
      removal = removalIn(entry) ?? removal
      return true
    },
    last: () => previous,
    removal: () => removal,
    isExplained: () => isExplained(start, removal),
  }
}

/** The trail as it lies in the database; each may answer at once or later. */
export interface WalkedTrail {
  /** Null: what says where it begins is not ours. */
  readonly start: () => TrailStart | null | Promise<TrailStart | null>
  /** The highest number that was ever there. */
  readonly highestEver: () => number | Promise<number>
  /** The entries that follow a number, in their order, so many at most. */
  readonly after: (sequence: number, limit: number) => readonly SealedEntry[] | Promise<readonly SealedEntry[]>
}

/** A few milliseconds. */
const entriesAPiece = 500
/** Old entries are removed once a day, in pieces: a walk that meets one begins again. */
const walksAtMost = 1000

/** The number of the first entry that was altered, removed or put in; null where the trail holds. */
export async function firstOddEntry(trail: WalkedTrail, pause: () => Promise<unknown>): Promise<number | null> {
  for (let walk = 1; ; walk++) {
    const start = await trail.start()
    const odd = await walkFrom(start, trail, pause)
    if (odd === null || start === null || walk === walksAtMost) return odd
    const now = await trail.start()
    // What went away meanwhile for its age is not what somebody took.
    if (now?.sequence === start.sequence) return odd
  }
}

async function walkFrom(start: TrailStart | null, trail: WalkedTrail, pause: () => Promise<unknown>) {
  if (start === null) return (await trail.after(0, 1))[0]?.sequence ?? 1
  const chain = checkChain(start)
  // An entry below the start was put back by somebody.
  const [lowest] = await trail.after(0, 1)
  if (lowest !== undefined && lowest.sequence <= start.sequence) return lowest.sequence
  for (;;) {
    // Before the rows: what is added meanwhile is no gap.
    const highestEver = await trail.highestEver()
    const rows = await trail.after(chain.last().sequence, entriesAPiece)
    const odd = rows.find((row) => !chain.follows(row))
    if (odd !== undefined) return odd.sequence
    const { sequence } = chain.last()
    if (rows.length < entriesAPiece) {
      if (highestEver > sequence) return sequence + 1
      return chain.isExplained() ? null : start.sequence + 1
    }
    await pause()
  }
}
