/** The files of saved reports: those of the exports, for a report, its filters and a time. */
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type { AuditEntryView, Endpoint, EndpointRequest, SavedReportContent } from '@sallyport/contract'
import type { Store } from '@sallyport/store'
import type { EngineControl } from '../../bus/notices.ts'
import type { ReportAsked, ReportFiles } from '../../bus/saved-report-control.ts'
import { csvOfChanges } from '../export/changes-csv.ts'
import { jsonLinesOf } from '../export/json-lines.ts'
import type { Exchange, Handler } from '../handlers.ts'
import { clientSecurityHandlers } from '../routes/client-security.ts'
import { denialHandlers } from '../routes/denials.ts'
import { reportHandlers } from '../routes/reports.ts'
import { standingHistoryHandlers } from '../routes/standing-history.ts'
import { usageHandlers } from '../routes/usage.ts'
import { vpnSessionHandlers } from '../routes/vpn-sessions.ts'
import { usageSlices, usageTime } from './usage.ts'

export interface ReportFilesDependencies {
  readonly store: Pick<Store, 'signIns' | 'usage' | 'vpnSessions' | 'people' | 'radiusClients' | 'audit'>
  readonly engine: EngineControl
  readonly clock: () => Date
}

const rowsAtOnce = 200
/** Nobody waits for these: whoever looks at the console goes first. */
const pauseMs = 5

export function createReportFiles({ store, engine, clock }: ReportFilesDependencies): ReportFiles {
  const signIns = reportHandlers({ store, clock })
  const usage = usageHandlers({ store, clock })
  const denials = denialHandlers({ store, clock })
  const vpnSessions = vpnSessionHandlers({ store, clock })
  const standing = standingHistoryHandlers({ store, clock })
  const clientSecurity = clientSecurityHandlers({ store, engine, clock })

  async function open(asked: ReportAsked, format: 'csv' | 'json'): Promise<AsyncIterable<string>> {
    const { content, zone } = asked
    const counted = { ...timesOf(asked, 0), zone }
    const listed = timesOf(asked, 1)
    const pick = <Csv extends Endpoint, Json extends Endpoint>(
      csv: Handler<Csv>,
      json: Handler<Json>,
      query: EndpointRequest<Csv>['query'],
    ) => (format === 'csv' ? contentOf(csv, query) : contentOf(json, query))
    switch (content.report) {
      case 'sign-ins':
        return pick(signIns.exportSignIns, signIns.exportSignInsJson, { ...listed, ...content.filters })
      case 'usage': {
        const { by = 'result', username, who = 'active', userId, ...filters } = content.filters
        if (by === 'user') {
          const query = { ...listed, ...filters, username, who }
          return pick(usage.exportUsersCsv, usage.exportUsersJson, query)
        }
        return pick(usage.exportCsv, usage.exportJson, { ...counted, ...filters, userId, by })
      }
      case 'denials':
        return pick(denials.exportCsv, denials.exportJson, counted)
      case 'vpn-sessions': {
        const { view, ...filters } = content.filters
        const query = view === undefined ? { ...filters, state: 'active' as const } : { ...listed, ...filters }
        return pick(vpnSessions.export, vpnSessions.exportJson, query)
      }
      case 'blocked': {
        const { state = 'all', ...filters } = content.filters
        return pick(standing.blocksCsv, standing.blocksJson, { ...listed, ...filters, state })
      }
      case 'bypassed':
        return pick(standing.bypassesCsv, standing.bypassesJson, { ...listed, ...content.filters })
      case 'fraud-reports': {
        const state = content.filters.view ?? 'open'
        return pick(standing.fraudCsv, standing.fraudJson, { ...listed, state })
      }
      case 'client-security':
        return pick(clientSecurity.exportCsv, clientSecurity.exportJson, undefined)
      case 'changes': {
        const rows = changesOf(store.audit, content.filters.search, asked)
        return format === 'csv' ? csvOfChanges(rows) : jsonLinesOf(rows)
      }
    }
  }

  return {
    open: async (asked, format) => unhurried(await open(asked, format)),
    async totals(asked) {
      const filter = countedBy(asked.content)
      if (filter === null) return null
      const query = { ...timesOf(asked, 0), zone: asked.zone, by: 'result' as const, ...filter }
      const totals = { accepted: 0, rejected: 0, unanswered: 0 }
      for await (const { counts } of usageSlices(await usageTime(query, store.signIns, clock()), query, store.usage)) {
        for (const { result, count } of counts) totals[result] += count
      }
      return totals
    },
  }
}

/** What the counts of usage can tell of a report: null where its filters are others. */
function countedBy({ report, filters }: SavedReportContent) {
  if (report === 'denials') return {}
  if (report !== 'sign-ins' && report !== 'usage') return null
  const { clientId, factor, result, userId, username } = filters
  const isOther =
    userId !== undefined || username !== undefined || ('reason' in filters && filters.reason !== undefined)
  if (isOther || result === 'challenged') return null
  return { clientId, factor, result }
}

/** @param shorterMs by what the end of a time lies before the moment that is no part of it any more */
function timesOf({ from, to }: ReportAsked, shorterMs: number) {
  return { ...(from && { from: from.toISOString() }), to: new Date(to.getTime() - shorterMs).toISOString() }
}

async function contentOf<E extends Endpoint>(handler: Handler<E>, query: unknown): Promise<AsyncIterable<string>> {
  // Those that write files look at nothing else of an exchange.
  const answer = await handler({ query } as unknown as Exchange<E>)
  return (answer as { readonly content: Readable }).content as AsyncIterable<string>
}

async function* unhurried(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const piece of pieces) {
    yield piece
    await delay(pauseMs)
  }
}

/** Newest first, no further back than the time begins. */
async function* changesOf(
  audit: Pick<Store['audit'], 'list'>,
  search: string | undefined,
  { from, to }: ReportAsked,
): AsyncGenerator<readonly AuditEntryView[]> {
  let cursor: string | undefined
  for (;;) {
    const page = await audit.list({ limit: rowsAtOnce, search, cursor })
    const within = page.rows.filter(({ at }) => new Date(at) < to && (from === null || new Date(at) >= from))
    if (within.length > 0) yield within
    const last = page.rows.at(-1)
    if (page.nextCursor === null || last === undefined || (from !== null && new Date(last.at) < from)) return
    cursor = page.nextCursor
  }
}
