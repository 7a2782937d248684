/** Blocks, one-time bypasses and fraud reports as CSV text, piece by piece. */
import type { BlockView, BypassView, FraudReportView } from '@sallyport/contract'
import { csvOfReport, type Cells } from './report-csv.ts'
import { exportWords } from './words.ts'

type Pieces<Row> = AsyncIterable<readonly Row[]>

const blockCells: Cells<BlockView, keyof typeof exportWords.blocks> = {
  createdAt: (row) => row.createdAt,
  user: ({ user }) => user.username,
  reason: (row) => row.reason,
  source: (row) => row.source,
  blockedBy: (row) => row.blockedBy,
  until: (row) => row.until ?? '',
  endedAt: (row) => row.endedAt ?? '',
  endedBy: (row) => row.endedBy ?? '',
  inForce: (row) => (row.inForce ? 'yes' : ''),
}

const bypassCells: Cells<BypassView, keyof typeof exportWords.bypasses> = {
  createdAt: (row) => row.createdAt,
  user: ({ user }) => user.username,
  reason: (row) => row.reason,
  givenBy: (row) => row.givenBy,
  expiresAt: (row) => row.expiresAt,
  usedAt: (row) => row.usedAt ?? '',
  signInId: (row) => row.signInId ?? '',
  endedAt: (row) => row.endedAt ?? '',
  state: (row) => row.state,
}

const fraudCells: Cells<FraudReportView, keyof typeof exportWords.fraudReports> = {
  at: (row) => row.at,
  user: ({ user }) => user.username,
  via: (row) => row.via,
  applicationName: (row) => row.applicationName,
  callingStation: (row) => row.callingStation ?? '',
  signInId: (row) => row.signInId,
  blocked: (row) => (row.blocked ? 'yes' : ''),
  handledAt: (row) => row.handledAt ?? '',
  handledBy: (row) => row.handledBy ?? '',
  note: (row) => row.note,
}

export const csvOfBlocks = (pieces: Pieces<BlockView>) => csvOfReport(exportWords.blocks, blockCells, pieces)
export const csvOfBypasses = (pieces: Pieces<BypassView>) => csvOfReport(exportWords.bypasses, bypassCells, pieces)
export const csvOfFraudReports = (pieces: Pieces<FraudReportView>) =>
  csvOfReport(exportWords.fraudReports, fraudCells, pieces)
