/**
 * Where the audit trail begins once its oldest entries were removed for their age: after which entry, and with which hash. It is sealed,
 * so that nobody who can write the database alone moves it; and the entry that tells of the removal says the same inside the chain.
 */
import { shortestRetentionDays } from '@sallyport/contract'
import { z } from 'zod'
import { places } from '../sealing/places.ts'
import type { Sealer } from '../sealing/sealer.ts'
import { genesis, type ChainedEntry } from './chain.ts'

/** The entry that the first one of the trail follows. */
export interface TrailStart {
  readonly sequence: number
  readonly hash: string
}

/** Nothing was removed. */
export const fromTheFirst: TrailStart = { sequence: 0, hash: genesis }

/** The name of its row among the settings. */
export const trailStartSetting = 'audit-start'

const start = z.strictObject({ sequence: z.int().min(1), hash: z.string().length(64) })

/** What the entry says that tells of a removal; `upTo`: the last one that went, `upToAt`: when it was written, `hash`: its own. */
const removal = z.object({ upTo: z.int(), upToAt: z.iso.datetime(), hash: z.string() })

export interface TrailRemoval extends z.infer<typeof removal> {
  /** When it was done, by the entry that tells of it. */
  readonly at: Date
}

export function sealTrailStart(sealer: Sealer, { sequence, hash }: TrailStart): string {
  return sealer.seal(JSON.stringify({ sequence, hash }), places.setting(trailStartSetting))
}

/** @returns null where there is one that does not open: somebody else wrote it */
export function openTrailStart(sealer: Sealer, sealed: string | null | undefined): TrailStart | null {
  if (sealed === undefined) return fromTheFirst
  if (sealed === null) return null
  try {
    return start.parse(JSON.parse(sealer.open(sealed, places.setting(trailStartSetting)).toString()))
  } catch {
    return null
  }
}

/** What an entry says of a removal; null: it is about something else. */
export function removalIn({ action, subjectKind, after, at }: ChainedEntry): TrailRemoval | null {
  if (action !== 'removed' || subjectKind !== 'audit-trail' || after === null) return null
  const told = removal.safeParse(JSON.parse(after))
  return told.success ? { ...told.data, at } : null
}

const dayMs = 24 * 3_600_000

/** Whether the newest removal that the trail tells of is the one that it begins after, and took nothing that had to stay. */
export function isExplained({ sequence, hash }: TrailStart, told: TrailRemoval | null): boolean {
  if (sequence === 0) return true
  if (told?.upTo !== sequence || told.hash !== hash) return false
  return told.at.getTime() - Date.parse(told.upToAt) >= shortestRetentionDays.changes * dayMs
}
