/** Importing users from CSV: the file is kept, its columns are told what they are, its rows are looked at, then taken. */
import { z } from 'zod'
import { byId, id, line, pageOf, pageQuery, timestamp } from './common.ts'
import { importPeopleInput } from './directory-people.ts'
import { endpoint } from './endpoint.ts'
import { everyRole, helpDesk } from './roles.ts'

/** `windows-1252` holds all that Latin-1 has. */
export const importEncoding = z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'])
export type ImportEncoding = z.infer<typeof importEncoding>
export const importDelimiter = z.enum(['comma', 'semicolon', 'tab'])
export type ImportDelimiter = z.infer<typeof importDelimiter>

/** What a column of a file may be. `methods`: all in their order; `method` and `mode`: one, and how it goes (`PIN`, `Two-Way`). */
export const userImportField = z.enum([
  ...['username', 'firstName', 'lastName', 'email', 'description', 'enabled', 'methods', 'mode'],
  ...['countryCode', 'phone', 'phoneExtension', 'backupCountryCode', 'backupPhone', 'backupExtension'],
  ...['callMode', 'textMode', 'textWithPin', 'appMode', 'language', 'pin', 'oathToken'],
] as const)
export type UserImportField = z.infer<typeof userImportField>

/**
 * `uploading`: the file comes in; `mapping`: it is to be said what its columns are; `checking`; `ready`: its rows wait for a yes, and
 * after a day they are forgotten; `importing`; `done`.
 */
export const userImportState = z.enum(['uploading', 'mapping', 'checking', 'ready', 'importing', 'done'])
export type UserImportState = z.infer<typeof userImportState>

/**
 * `good`: it waits to be taken; `there`: somebody of this name is here, and stays as they are; `link`, `linked`: somebody of this name is
 * here, and becomes or became this person of the directory.
 */
export const userImportOutcome = z.enum(['good', 'link', 'there', 'taken', 'linked', 'refused'])
export type UserImportOutcome = z.infer<typeof userImportOutcome>

const mappingFields = {
  encoding: importEncoding,
  delimiter: importDelimiter,
  /** For each column of the file, what it is; null: nothing of it is taken. */
  fields: z.array(userImportField.nullable()).max(200),
  /** Goes before phone numbers that say no country: `49`; empty: such numbers are refused. */
  countryCode: z.string().regex(/^([1-9][0-9]{0,2})?$/, 'A country code of 1 to 3 digits, such as 49.'),
}
const userImportMapping = z.object(mappingFields)
export type UserImportMapping = z.infer<typeof userImportMapping>

export const checkUserImportInput = z
  .strictObject(mappingFields)
  .refine(({ fields }) => fields.includes('username'), {
    path: ['fields'],
    message: 'Say which column is the username.',
  })
  .refine(({ fields }) => fields.every((field, at) => field === null || fields.indexOf(field) === at), {
    path: ['fields'],
    message: 'Two columns cannot be the same.',
  })

export const userImport = z.object({
  id,
  at: timestamp,
  administrator: z.string(),
  /** `directory`: a search in it; `fileName` is then what was searched for, and octets are people. */
  source: z.enum(['file', 'directory']),
  fileName: z.string(),
  octets: z.int(),
  state: userImportState,
  /** What was said last; at first what the file looks like. */
  mapping: userImportMapping,
  /** Why its rows could not be looked at; null: they could, or nobody asked yet. */
  problem: z.string().nullable(),
  /** While it is `checking`: of its octets, how many were read. */
  checkedOctets: z.int(),
  /** Rows that wait, that were taken, whose users were here already, and that were not taken. */
  good: z.int(),
  taken: z.int(),
  there: z.int(),
  /** Rows whose users are here and become the directory’s, and those that did. */
  linking: z.int(),
  linked: z.int(),
  refused: z.int(),
  finishedAt: timestamp.nullable(),
})
export type UserImport = z.infer<typeof userImport>

/** `column` null: it is about the whole row. */
export const userImportRemark = z.object({ column: z.string().nullable(), message: z.string() })
export type UserImportRemark = z.infer<typeof userImportRemark>

export const userImportRow = z.object({
  /** The line that the row begins on, from 1, the header included. */
  line: z.int(),
  username: z.string(),
  outcome: userImportOutcome,
  remarks: z.array(userImportRemark),
})
export type UserImportRow = z.infer<typeof userImportRow>

/** What a file looks like, read in this way. */
const fileColumns = z.object({
  encoding: importEncoding,
  delimiter: importDelimiter,
  /** `samples`: the first rows' values; of what looks like PINs, none. */
  columns: z.array(z.object({ name: z.string(), samples: z.array(z.string()), guess: userImportField.nullable() })),
  problem: z.string().nullable(),
})

const tag = 'Users'

export const userImports = {
  list: endpoint({
    method: 'GET',
    path: '/api/user-imports',
    summary: 'A page of the import log of users, the newest first.',
    tag,
    access: everyRole,
    query: z.strictObject(pageQuery),
    response: pageOf(userImport),
  }),
  read: endpoint({
    method: 'GET',
    path: '/api/user-imports/:id',
    summary: 'An import of users and how far it is.',
    tag,
    access: everyRole,
    params: byId,
    response: userImport,
  }),
  rows: endpoint({
    method: 'GET',
    path: '/api/user-imports/:id/rows',
    summary: 'A page of the rows of an import, in their order, with what is or was wrong with them.',
    tag,
    access: everyRole,
    params: byId,
    query: z.strictObject({ ...pageQuery, outcome: userImportOutcome.optional() }),
    response: pageOf(userImportRow),
  }),
  export: endpoint({
    method: 'GET',
    path: '/api/user-imports/:id/rows.csv',
    summary: 'All rows of an import as CSV, with what came of them.',
    tag,
    access: everyRole,
    params: byId,
    stream: 'text/csv',
  }),
  begin: endpoint({
    method: 'POST',
    path: '/api/user-imports',
    summary: 'Says that a file comes.',
    tag,
    access: helpDesk,
    body: z.strictObject({ fileName: line(200) }),
    response: z.object({ id }),
  }),
  upload: endpoint({
    method: 'POST',
    path: '/api/user-imports/:id/file',
    summary: 'Takes the file in, sealed; nothing of it is a user yet.',
    tag,
    access: helpDesk,
    params: byId,
    upload: true,
    response: userImport,
  }),
  fromDirectory: endpoint({
    method: 'POST',
    path: '/api/user-imports/from-directory',
    summary: 'Begins to look at people of the directory; nobody is added yet.',
    tag,
    access: helpDesk,
    body: importPeopleInput,
    response: z.object({ id }),
  }),
  columns: endpoint({
    method: 'GET',
    path: '/api/user-imports/:id/columns',
    summary: 'The columns of the file with their first values, read in this encoding and with this delimiter.',
    tag,
    access: helpDesk,
    params: byId,
    query: z.strictObject({ encoding: importEncoding.optional(), delimiter: importDelimiter.optional() }),
    response: fileColumns,
  }),
  check: endpoint({
    method: 'POST',
    path: '/api/user-imports/:id/check',
    summary: 'Begins to look at all rows, with these columns; nothing is taken yet. May be asked again with others.',
    tag,
    access: helpDesk,
    params: byId,
    body: checkUserImportInput,
    response: userImport,
  }),
  take: endpoint({
    method: 'POST',
    path: '/api/user-imports/:id/take',
    summary: 'Begins to add the users of the good rows; it goes on by itself.',
    tag,
    access: helpDesk,
    params: byId,
    response: userImport,
  }),
  discard: endpoint({
    method: 'DELETE',
    path: '/api/user-imports/:id',
    summary: 'Forgets a file of which nothing was taken.',
    tag,
    access: helpDesk,
    params: byId,
  }),
}
