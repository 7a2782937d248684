/** One report by mail: whether it may, what is in it, to whom it still has to go, and what came of it. */
import type { ReportRun, SavedReportOutcome, SavedReportRecord, Store } from '@sallyport/store'
import type { Delivered, MailJob } from '../../bus/delivery-jobs.ts'
import type { ReportFiles } from '../../bus/saved-report-control.ts'
import { periodAt } from './period.ts'
import { reportLink } from './report-link.ts'
import { reportMail } from './report-mail-text.ts'
import type { Spool, SpooledReport } from './spool.ts'

export interface ReportMailOptions {
  readonly store: Pick<Store, 'savedReports' | 'administrators'>
  readonly files: ReportFiles
  readonly mail: (job: MailJob) => Promise<Delivered>
  /** Whether a mail gateway is enabled. */
  readonly hasGateway: () => boolean
  /** Where browsers find the console; absent: mails have no link. */
  readonly consoleOrigin?: string
  readonly clock: () => Date
  readonly spool: Spool
  readonly isStopping: () => boolean
}

/** Minutes until it is tried again; after the last of them no more. */
const pausesMinutes = [1, 5, 15, 30, 60, 60] as const
/** A large mail takes its time. */
const mailWithinMs = 5 * 60_000

export function createReportMails(options: ReportMailOptions) {
  const { store, files, mail, hasGateway, consoleOrigin, clock, spool, isStopping } = options

  /** Who set it up has to be an administrator still, whoever else may look at it. */
  async function whyNot({ scheduledBy }: SavedReportRecord): Promise<string | null> {
    const owner = scheduledBy && (await store.administrators.byId(scheduledBy.id))
    if (owner?.enabled === true && owner.role === 'administrator') return null
    const name = scheduledBy?.name ?? ''
    return `${name} set up this schedule and is not an enabled administrator any more: save the schedule again.`
  }

  /** The addresses that have it by now, and why the others have not. */
  async function sendTo(
    first: SavedReportRecord & { readonly run: ReportRun },
    recipients: readonly string[],
    message: Omit<MailJob, 'id' | 'to' | 'deadlineMs'>,
  ): Promise<{
    readonly report: SavedReportRecord & { readonly run: ReportRun }
    readonly problem: string | null
    readonly retryable: boolean
  } | null> {
    let report = first
    let problem: string | null = null
    let retryable = false
    for (const to of recipients.filter((address) => !first.run.sentTo.includes(address))) {
      if (isStopping()) return null
      const { run } = report
      const id = `report-${run.id}-${run.attempts}-${to}`
      const outcome = await mail({ id, to, ...message, deadlineMs: Date.now() + mailWithinMs })
      if (outcome.kind === 'failed') {
        problem = `${to}: ${outcome.problems.map(({ gateway, problem: said }) => `${gateway} ${said}`.trim()).join(' ')}`
        retryable ||= outcome.retryable
        continue
      }
      // At once: only what a crash forgets is sent twice.
      const sent = { ...run, sentTo: [...run.sentTo, to] }
      if (!(await store.savedReports.note(report, { run: sent }))) return null
      report = { ...report, run: sent }
    }
    return { report, problem, retryable }
  }

  async function fail(
    report: SavedReportRecord & { readonly run: ReportRun },
    problem: string,
    retryable: boolean,
    seen: SpooledReport | null,
  ) {
    const { run } = report
    const pause = retryable ? pausesMinutes[run.attempts] : undefined
    if (pause === undefined) {
      await store.savedReports.note(report, { run: null, last: outcomeOf(run, 'failed', problem, seen) })
      return
    }
    const againAt = new Date(clock().getTime() + pause * 60_000).toISOString()
    await store.savedReports.note(report, { run: { ...run, attempts: run.attempts + 1, problem, againAt } })
  }

  function outcomeOf(
    run: ReportRun,
    outcome: SavedReportOutcome['outcome'],
    problem: string | null,
    seen: SpooledReport | null,
  ): SavedReportOutcome {
    return {
      ...{ at: clock().toISOString(), outcome, problem: problem?.slice(0, 1000) ?? null, missed: run.missed },
      ...{ rows: seen?.rows ?? null, attached: seen !== null && seen.path !== null },
    }
  }

  return {
    /** What is under way of it. */
    async send(record: SavedReportRecord): Promise<void> {
      const { schedule, run } = record
      if (schedule === null || run === null) return
      const report = { ...record, run }
      const stopped = await whyNot(report)
      if (stopped !== null) {
        await store.savedReports.note(report, {
          run: null,
          nextAt: null,
          last: outcomeOf(run, 'stopped', stopped, null),
        })
        return
      }
      if (!hasGateway()) return fail(report, 'No mail gateway is enabled.', true, null)
      const period = periodAt(report, schedule.zone, new Date(run.dueAt))
      const { content, name } = report
      const asked = { content, ...period, zone: schedule.zone }
      let spooled: SpooledReport
      try {
        spooled = await spool.write(await files.open(asked, schedule.format), schedule.format, isStopping)
      } catch (error) {
        if (isStopping()) return
        return fail(
          report,
          `It could not be written: ${error instanceof Error ? error.message : 'unknown error'}.`,
          true,
          null,
        )
      }
      try {
        const { rows, rowsAreAtLeast, path } = spooled
        const link = consoleOrigin === undefined ? null : reportLink(consoleOrigin, content, period)
        const facts = {
          name,
          report: content.report,
          period,
          zone: schedule.zone,
          rows,
          rowsAreAtLeast,
          missed: run.missed,
          link,
        }
        const message = {
          ...reportMail({ ...facts, attached: path !== null, totals: await files.totals(asked) }, schedule.language),
          ...(path === null
            ? {}
            : { attachment: attachment(content.report, new Date(run.dueAt), schedule.format, path) }),
        }
        const outcome = await sendTo(report, schedule.recipients, message)
        if (outcome === null) return
        if (outcome.problem !== null) {
          await fail(outcome.report, outcome.problem, outcome.retryable, spooled)
          return
        }
        await store.savedReports.note(outcome.report, { run: null, last: outcomeOf(run, 'sent', null, spooled) })
      } finally {
        await spool.remove(spooled)
      }
    },
  }
}

function attachment(report: string, due: Date, format: 'csv' | 'json', path: string) {
  const filename = `sallyport-${report}-${due.toISOString().slice(0, 10)}.${format === 'csv' ? 'csv' : 'jsonl'}`
  return { filename, contentType: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson', path }
}
