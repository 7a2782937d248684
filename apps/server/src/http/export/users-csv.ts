/** Users as CSV text that the import reads, piece by piece: its columns have the import's names. */
import type { UserFactors } from '@sallyport/contract'
import type { UserFields } from '@sallyport/store'
import { csvOfReport, type Cells } from './report-csv.ts'

type Row = UserFields & UserFactors

const columns = {
  username: 'username',
  firstName: 'firstName',
  lastName: 'lastName',
  email: 'email',
  description: 'description',
  enabled: 'enabled',
  methods: 'methods',
  phone: 'phone',
  phoneExtension: 'phoneExtension',
  backupPhone: 'backupPhone',
  backupExtension: 'backupExtension',
  callMode: 'callMode',
  textMode: 'textMode',
  textWithPin: 'textWithPin',
  appMode: 'appMode',
  language: 'language',
} as const

const cells: Cells<Row, keyof typeof columns> = {
  username: (row) => row.username,
  firstName: (row) => row.firstName,
  lastName: (row) => row.lastName,
  email: (row) => row.email,
  description: (row) => row.description,
  enabled: (row) => String(row.enabled),
  methods: (row) => row.factorMethods.join(' '),
  phone: (row) => row.phone,
  phoneExtension: (row) => row.phoneExtension,
  backupPhone: (row) => row.backupPhone,
  backupExtension: (row) => row.backupExtension,
  callMode: (row) => row.callMode ?? '',
  textMode: (row) => row.textMode ?? '',
  textWithPin: (row) => (row.textWithPin === null ? '' : String(row.textWithPin)),
  appMode: (row) => row.appMode ?? '',
  language: (row) => row.language,
}

export function csvOfUsers(pieces: AsyncIterable<readonly Row[]>): AsyncGenerator<string> {
  return csvOfReport(columns, cells, pieces)
}
