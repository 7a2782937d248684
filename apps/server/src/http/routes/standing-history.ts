/** Reports: who was blocked, who was given a bypass, and what was reported as fraud, as files. */
import { setImmediate as giveWay } from 'node:timers/promises'
import type { api } from '@sallyport/contract'
import type { Page, Store } from '@sallyport/store'
import { exportFile } from '../export/export-file.ts'
import { jsonLinesOf } from '../export/json-lines.ts'
import { csvOfBlocks, csvOfBypasses, csvOfFraudReports } from '../export/standing-csv.ts'
import type { Handlers } from '../handlers.ts'
import { blockView, bypassView, fraudReportView } from '../people-views.ts'

export interface StandingHistoryRouteDependencies {
  readonly store: Pick<Store, 'people'>
  readonly clock: () => Date
}

export function standingHistoryHandlers({
  store: { people },
  clock,
}: StandingHistoryRouteDependencies): Handlers<typeof api.standingHistory> {
  type Query<List extends 'blocks' | 'bypasses' | 'fraudReports'> = Omit<Parameters<(typeof people)[List]>[0], 'limit'>
  const blocks = (query: Query<'blocks'>) => pieces((page) => people.blocks({ ...query, ...page }), blockView)
  const bypasses = (query: Query<'bypasses'>) => pieces((page) => people.bypasses({ ...query, ...page }), bypassView)
  const frauds = (query: Query<'fraudReports'>) =>
    pieces((page) => people.fraudReports({ ...query, ...page }), fraudReportView)
  const csv = (what: string, content: AsyncIterable<string>) =>
    Promise.resolve(exportFile(what, clock(), 'csv', content))
  const json = (what: string, rows: AsyncIterable<readonly unknown[]>) =>
    Promise.resolve(exportFile(what, clock(), 'jsonl', jsonLinesOf(rows)))
  return {
    blocksCsv: ({ query }) => csv('blocked', csvOfBlocks(blocks(query))),
    blocksJson: ({ query }) => json('blocked', blocks(query)),
    bypassesCsv: ({ query }) => csv('bypassed', csvOfBypasses(bypasses(query))),
    bypassesJson: ({ query }) => json('bypassed', bypasses(query)),
    fraudCsv: ({ query }) => csv('fraud-reports', csvOfFraudReports(frauds(query))),
    fraudJson: ({ query }) => json('fraud-reports', frauds(query)),
  }
}

const rowsAtOnce = 200

/** A list page after page, with the thread given back in between. */
async function* pieces<Row, View>(
  read: (page: { readonly cursor?: string; readonly limit: number }) => Promise<Page<Row>>,
  view: (row: Row) => View,
): AsyncGenerator<readonly View[]> {
  let cursor: string | null = null
  do {
    const page: Page<Row> = await read({ limit: rowsAtOnce, ...(cursor !== null && { cursor }) })
    if (page.rows.length > 0) yield page.rows.map(view)
    cursor = page.nextCursor
    await giveWay()
  } while (cursor !== null)
}
