/** Mails saved reports when their schedules say so, or somebody does: one at a time, each address once, and again where it failed. */
import { randomUUID } from 'node:crypto'
import type { ReportRun, SavedReportRecord, Store } from '@sallyport/store'
import type { SavedReportControl } from '../../bus/saved-report-control.ts'
import { createReportMails, type ReportMailOptions } from './report-mails.ts'
import { createSpool } from './spool.ts'
import { lastUpTo, nextAfter, nextBy } from './timetable.ts'

export interface SavedReportsOptions extends Omit<ReportMailOptions, 'spool' | 'store' | 'isStopping'> {
  readonly store: Pick<Store, 'savedReports' | 'administrators'>
  readonly dataDir: string
  readonly onProblem: (error: unknown) => void
  /** Milliseconds between two looks at what is due. */
  readonly everyMs?: number
  /** Files of more octets are not attached. */
  readonly largestOctets?: number
}

export interface SavedReports extends SavedReportControl {
  /** Looks from now on what is due. */
  begin(): Promise<void>
  /** Sends what is due. */
  tick(): Promise<void>
  close(): Promise<void>
}

export function createSavedReports(options: SavedReportsOptions): SavedReports {
  const { store, dataDir, clock, consoleOrigin, onProblem, everyMs = 15_000, largestOctets } = options
  const spool = createSpool(dataDir, largestOctets)
  let isClosing = false
  let timer: NodeJS.Timeout | undefined
  let turns: Promise<void> = Promise.resolve()
  const mails = createReportMails({ ...options, spool, isStopping: () => isClosing })

  /** What is to be sent of it now: written down first, so that it is begun once. */
  async function begun(report: SavedReportRecord, now: Date): Promise<ReportRun | null> {
    const { run, schedule, nextAt } = report
    if (schedule === null) return null
    if (run !== null) return isTime(run, now) ? run : null
    if (nextAt === null) return null
    if (nextAt > now) {
      // A clock that was put back must not make it wait for ever.
      const next = nextBy(schedule, now, report.lastDueAt)
      if (next.getTime() !== nextAt.getTime()) await store.savedReports.note(report, { nextAt: next })
      return null
    }
    const { due, missed } = lastUpTo(schedule, nextAt, now)
    const started = newRun(due, missed)
    const next = nextBy(schedule, now, due)
    const isOurs = await store.savedReports.note(report, { nextAt: next, lastDueAt: due, run: started })
    return isOurs ? started : null
  }

  async function look(): Promise<void> {
    for (const { id } of await store.savedReports.list()) {
      if (isClosing) return
      try {
        const report = await store.savedReports.byId(id)
        if (report === null || (await begun(report, clock())) === null) continue
        const current = await store.savedReports.byId(id)
        if (current !== null) await mails.send(current)
      } catch (error) {
        onProblem(error)
      }
    }
  }
  const tick = () => (turns = turns.then(() => (isClosing ? undefined : look())).catch(onProblem))

  return {
    nextAt: (schedule) => nextAfter(schedule, clock()),
    async send(id, actor) {
      const report = await store.savedReports.byId(id)
      if (report === null) return
      if (report.run === null) await store.savedReports.ask(id, newRun(clock()), actor)
      else await store.savedReports.note(report, { run: { ...report.run, againAt: null } })
      void tick()
    },
    hasAddress: consoleOrigin !== undefined,
    tick,
    async begin() {
      await spool.empty()
      timer = setInterval(() => void tick(), everyMs)
      timer.unref()
      void tick()
    },
    async close() {
      isClosing = true
      clearInterval(timer)
      await turns
    },
  }
}

function newRun(due: Date, missed = 0): ReportRun {
  return { id: randomUUID(), dueAt: due.toISOString(), missed, attempts: 0, againAt: null, problem: null, sentTo: [] }
}

/** A clock that was put back far makes nothing wait longer than the longest pause. */
function isTime({ againAt }: ReportRun, now: Date): boolean {
  if (againAt === null) return true
  const leftMs = Date.parse(againAt) - now.getTime()
  return leftMs <= 0 || leftMs > 2 * 3_600_000
}
