/** Usage as CSV text, piece by piece: a line for each slice of the time and count; and a line for each user. */
import type { UsageCount, UsageSlice, UserUsage } from '@sallyport/contract'
import { csvOfReport, type Cells } from './report-csv.ts'
import { exportWords } from './words.ts'

type Row = Pick<UsageSlice, 'from' | 'to'> & UsageCount & { readonly name: string }

const cells: Cells<Row, keyof typeof exportWords.usage> = {
  from: (row) => row.from,
  to: (row) => row.to,
  key: (row) => row.name,
  result: (row) => row.result,
  count: (row) => row.count,
}

/** @param names what RADIUS clients are called that the counts name by their ids */
export function csvOfUsage(
  slices: AsyncIterable<UsageSlice>,
  names: (counts: readonly UsageCount[]) => Promise<Readonly<Record<string, string>>>,
): AsyncGenerator<string> {
  return csvOfReport(exportWords.usage, cells, rows(slices, names))
}

async function* rows(...[slices, names]: Parameters<typeof csvOfUsage>): AsyncGenerator<readonly Row[]> {
  for await (const { from, to, counts } of slices) {
    const named = await names(counts)
    yield counts.map((count) => ({ from, to, ...count, name: named[count.key] ?? count.key }))
  }
}

const userCells: Cells<UserUsage, keyof typeof exportWords.userUsage> = {
  username: ({ user }) => user.username,
  name: ({ user }) => user.name,
  accepted: (row) => row.accepted,
  rejected: (row) => row.rejected,
  unanswered: (row) => row.unanswered,
  oath: ({ methods }) => methods.oath ?? 0,
  push: ({ methods }) => methods.push ?? 0,
  text: ({ methods }) => methods.text ?? 0,
  call: ({ methods }) => methods.call ?? 0,
  email: ({ methods }) => methods.email ?? 0,
  none: ({ methods }) => methods.none ?? 0,
  lastSignInAt: (row) => row.lastSignInAt ?? '',
}

export function csvOfUserUsage(pieces: AsyncIterable<readonly UserUsage[]>): AsyncGenerator<string> {
  return csvOfReport(exportWords.userUsage, userCells, pieces)
}
