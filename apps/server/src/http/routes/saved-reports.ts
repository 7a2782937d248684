/** Saved reports: each under its name, and when it mails itself to whom. */
import { savedReportsAtMost, type api, type ReportSchedule, type SavedReportView } from '@sallyport/contract'
import type { SavedReportRecord, Store } from '@sallyport/store'
import type { SavedReportControl } from '../../bus/saved-report-control.ts'
import { changed } from '../change-problems.ts'
import type { Caller, Handlers } from '../handlers.ts'
import { ApiProblem, invalidInput } from '../problems.ts'
import type { Throttle } from '../session/throttle.ts'

export interface SavedReportRouteDependencies {
  readonly store: Pick<Store, 'savedReports' | 'administrators' | 'gateways'>
  readonly savedReports: SavedReportControl
  /** Mails asked for: by administrator. */
  readonly throttle: Throttle
}

const gone = 'This saved report does not exist any more.'
const words = { view: savedReportView, gone, taken: { name: 'Another saved report has this name.' } }

export function savedReportHandlers({
  store,
  savedReports,
  throttle,
}: SavedReportRouteDependencies): Handlers<typeof api.savedReports> {
  const hasGateway = async () => (await store.gateways.list()).some(({ kind, enabled }) => kind === 'mail' && enabled)

  /** A token that mails by itself would go on when it has ended: a person answers for a schedule. */
  async function scheduledBy({ administrator: { id } }: Caller) {
    const person = await store.administrators.byId(id)
    if (person === null) throw new ApiProblem('not-allowed', { detail: 'Only an administrator sets up a schedule.' })
    return { id, name: person.username }
  }
  const nextAt = (schedule: ReportSchedule | null) => (schedule === null ? null : savedReports.nextAt(schedule))

  return {
    list: async () => ({
      rows: (await store.savedReports.list()).map(savedReportView),
      hasGateway: await hasGateway(),
      hasAddress: savedReports.hasAddress,
    }),
    async create({ body, caller }) {
      if ((await store.savedReports.list()).length >= savedReportsAtMost) {
        throw invalidInput({
          path: 'name',
          message: `There are ${savedReportsAtMost} saved reports, which is the most: remove one first.`,
        })
      }
      return savedReportView(changed(await store.savedReports.create(body, caller.actor), words))
    },
    change: async ({ params, body, caller }) =>
      savedReportView(changed(await store.savedReports.change(params.id, body, caller.actor), words)),
    async changeSchedule({ params, body: { schedule, version }, caller }) {
      if (schedule !== null && !(await hasGateway())) {
        throw invalidInput({
          path: 'schedule.recipients',
          message: 'No mail gateway is enabled: add one under Gateways first.',
        })
      }
      const input = { schedule, version, scheduledBy: await scheduledBy(caller), nextAt: nextAt(schedule) }
      return savedReportView(changed(await store.savedReports.changeSchedule(params.id, input, caller.actor), words))
    },
    async remove({ params, query, caller }) {
      changed(await store.savedReports.remove(params.id, query.version, caller.actor), words)
      return undefined
    },
    async send({ params, caller }) {
      const report = await store.savedReports.byId(params.id)
      if (report === null) throw new ApiProblem('not-found', { detail: gone })
      if (report.schedule === null) {
        throw invalidInput({ path: 'schedule', message: 'Enter first to whom it goes: it has no schedule.' })
      }
      const retryAfterSeconds = throttle.take(caller.administrator.id)
      if (retryAfterSeconds > 0) {
        throw new ApiProblem('too-many-requests', { detail: 'Too many mails in a short time.', retryAfterSeconds })
      }
      // One that is under way is not begun again: it goes on at once where it was waiting.
      await savedReports.send(report.id, caller.actor)
      return savedReportView((await store.savedReports.byId(report.id)) ?? report)
    },
  }
}

function savedReportView(record: SavedReportRecord): SavedReportView {
  const { id, name, content, period, from, to, createdBy, schedule, scheduledBy, nextAt, run, last, version } = record
  return {
    ...{ id, name, content, period, from, to, createdBy, schedule, last, version },
    scheduledBy: scheduledBy?.name ?? null,
    nextAt: nextAt?.toISOString() ?? null,
    running: run && { since: run.dueAt, attempts: run.attempts, againAt: run.againAt, problem: run.problem },
  }
}
