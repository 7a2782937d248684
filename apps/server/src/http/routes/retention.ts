/** Retention: nothing is kept for a shorter time before somebody saw what goes by it. */
import { randomUUID } from 'node:crypto'
import { retentionKind, type api, type RetentionDays, type RetentionView } from '@sallyport/contract'
import type { RetentionRunRecord, Store } from '@sallyport/store'
import type { RetentionControl, RetentionRemovalFound } from '../../bus/retention-control.ts'
import { changed } from '../change-problems.ts'
import type { Handlers } from '../handlers.ts'
import { ApiProblem, invalidInput } from '../problems.ts'
import type { Throttle } from '../session/throttle.ts'

export interface RetentionRouteDependencies {
  readonly store: Pick<Store, 'retention'>
  readonly retention: RetentionControl
  readonly clock: () => Date
  /** Counting takes a while: by administrator. */
  readonly throttle: Throttle
}

interface Preview {
  readonly administratorId: string
  readonly atMs: number
  readonly days: RetentionDays
  readonly removes: readonly RetentionRemovalFound[]
}

const shownRuns = 10
const previewLastsMs = 15 * 60_000
const keptPreviews = 100

export function retentionHandlers({
  store,
  retention,
  clock,
  throttle,
}: RetentionRouteDependencies): Handlers<typeof api.retention> {
  const previews = new Map<string, Preview>()

  const view = async (): Promise<RetentionView> => {
    const [settings, runs] = await Promise.all([store.retention.settings(), store.retention.runs(shownRuns)])
    const stock = retention.stock()
    return {
      settings,
      isCounting: retention.isCounting(),
      file: stock && stock.file,
      stock: stock && {
        countedAt: iso(stock.countedAtMs),
        kinds: stock.kinds.map(({ oldestAtMs, ...row }) => ({
          ...row,
          oldestAt: oldestAtMs === null ? null : iso(oldestAtMs),
        })),
      },
      runs: runs.map(runView),
    }
  }

  return {
    read: view,

    async preview({ body: { days }, caller }) {
      const retryAfterSeconds = throttle.take(caller.administrator.id)
      if (retryAfterSeconds > 0) {
        throw new ApiProblem('too-many-requests', { detail: 'Too many counts in a short time.', retryAfterSeconds })
      }
      const removes = await retention.preview(days)
      const [previewId, now] = [randomUUID(), clock()]
      previews.set(previewId, { administratorId: caller.administrator.id, atMs: now.getTime(), days, removes })
      for (const oldest of [...previews.keys()].slice(0, -keptPreviews)) previews.delete(oldest)
      return {
        id: previewId,
        countedAt: now.toISOString(),
        removes: removes.map(({ kind, rows, oldestAtMs, beforeMs }) => ({
          ...{ kind, rows, oldestAt: iso(oldestAtMs), before: iso(beforeMs) },
        })),
      }
    },

    async change({ body: { previewId, ...input }, caller }) {
      const { days: present } = await store.retention.settings()
      const agreed = previewId === null ? undefined : previews.get(previewId)
      const holds =
        agreed !== undefined &&
        agreed.administratorId === caller.administrator.id &&
        Math.abs(clock().getTime() - agreed.atMs) < previewLastsMs &&
        retentionKind.options.every((kind) => agreed.days[kind] === input.days[kind])
      if (isShorter(present, input.days) && !holds) {
        throw invalidInput({ path: 'previewId', message: 'See first what would be removed, and agree to it.' })
      }
      const outcome = await store.retention.change(input, holds ? agreed.removes : [], caller.actor)
      const current = await view()
      changed(outcome, { view: () => current, gone: 'These settings do not exist any more.' })
      if (previewId !== null) previews.delete(previewId)
      retention.settingsChanged()
      return view()
    },
  }
}

function isShorter(present: RetentionDays, wanted: RetentionDays): boolean {
  return retentionKind.options.some((kind) => (wanted[kind] ?? Infinity) < (present[kind] ?? Infinity))
}

function runView({ id, startedAt, finishedAt, problem, parts }: RetentionRunRecord): RetentionView['runs'][number] {
  const order = (kind: (typeof parts)[number]['kind']) => retentionKind.options.indexOf(kind)
  return {
    ...{ id, problem, startedAt: startedAt.toISOString(), finishedAt: finishedAt?.toISOString() ?? null },
    parts: [...parts]
      .sort((one, other) => order(one.kind) - order(other.kind))
      .map(({ before, ...part }) => ({ ...part, before: before.toISOString() })),
  }
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
