/** Looks now and then for what somebody should be told of, and writes down when it begins and when it is over: once an incident. */
import type { AlertKind } from '@sallyport/contract'
import type { Store } from '@sallyport/store'

/** Something that lasts, as it is now. */
export interface Condition {
  readonly kind: AlertKind
  /** Tells incidents of a kind apart. */
  readonly subject: string
  readonly detail: string
}

/** What there is of a kind at this moment; null: it is not known, and nothing begins or ends by it. */
export type Look = () => Promise<readonly Omit<Condition, 'kind'>[] | null>

/** What happened since; null: nothing worth telling. */
export interface Count {
  /** No two tellings are nearer to each other. */
  readonly everyMs: number
  readonly since: (last: Date | null) => Promise<string | null>
}

export interface WatchOptions {
  readonly alerts: Store['alerts']
  readonly looks: Partial<Record<AlertKind, Look>>
  readonly counts: Partial<Record<AlertKind, Count>>
  readonly clock: () => Date
  readonly onError: (error: unknown) => void
}

export interface Watch {
  /** One round. */
  look(): Promise<void>
}

/** A condition counts once it was there in two rounds running: what is over in between told nobody anything. */
export function createWatch({ alerts, looks, counts, clock, onError }: WatchOptions): Watch {
  let seenBefore = new Set<string>()

  async function lookFor(kind: AlertKind, find: Look, seenNow: Set<string>): Promise<void> {
    const found = await find()
    if (found === null) return
    const open = (await alerts.open()).filter((each) => each.kind === kind)
    for (const condition of found) {
      const key = `${kind} ${condition.subject}`
      seenNow.add(key)
      const isOpen = open.some(({ subject }) => subject === condition.subject)
      if (!isOpen && seenBefore.has(key)) await alerts.add({ ...condition, kind, about: 'began' })
    }
    for (const { id, subject } of open) {
      if (!found.some((each) => each.subject === subject)) await alerts.end(id, true)
    }
  }

  async function countUp(kind: AlertKind, { everyMs, since }: Count): Promise<void> {
    const last = (await alerts.lastCounted(kind))?.at ?? null
    // A clock that was put back keeps nothing waiting for ever.
    if (last !== null && Math.abs(clock().getTime() - last.getTime()) < everyMs) return
    const detail = await since(last)
    if (detail !== null) await alerts.add({ kind, about: 'counted', subject: '', detail })
  }

  return {
    async look() {
      const { kinds } = await alerts.settings()
      const seenNow = new Set<string>()
      for (const kind of kinds) {
        const [find, count] = [looks[kind], counts[kind]]
        try {
          if (find !== undefined) await lookFor(kind, find, seenNow)
          if (count !== undefined) await countUp(kind, count)
        } catch (error) {
          onError(error)
        }
      }
      // What is not looked for any more is over, and nobody is told.
      for (const { id, kind } of await alerts.open()) if (!kinds.includes(kind)) await alerts.end(id, false)
      seenBefore = seenNow
    },
  }
}
