/** Walks along the audit trail and says where it was tampered with. */
import { entryHash, genesis, type ChainedEntry } from './chain.ts'

export interface SealedEntry extends ChainedEntry {
  readonly hash: string
}

export interface ChainCheck {
  /** The next entry, in the order of their numbers. True where it follows the one before and its content is what was hashed. */
  readonly follows: (entry: SealedEntry) => boolean
  /** Of the last entry that followed; the zeros of `genesis` before the first. */
  readonly last: () => { readonly sequence: number; readonly hash: string }
}

/** Nothing after an entry that does not follow can be judged: stop there. */
export function checkChain(): ChainCheck {
  let previous = { sequence: 0, hash: genesis }
  return {
    follows(entry) {
      const { sequence, hash } = entry
      const isNext = sequence === previous.sequence + 1 && entry.previousHash === previous.hash
      if (!isNext || entryHash(entry) !== hash) return false
      previous = { sequence, hash }
      return true
    },
    last: () => previous,
  }
}
