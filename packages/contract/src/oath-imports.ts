/** Importing OATH tokens from a file: it is read and looked at first, then taken; what came of each row stays as the import log. */
import { z } from 'zod'
import { byId, id, line, pageOf, pageQuery, timestamp } from './common.ts'
import { endpoint } from './endpoint.ts'
import { administratorsOnly, everyRole } from './roles.ts'

/** Why a row was not taken; `user-unknown` alone is a remark: such a token is taken, and belongs to nobody. */
export const importReason = z.enum([
  'bad-line',
  'no-serial-number',
  'bad-text',
  'bad-secret',
  'short-secret',
  'bad-digits',
  'bad-interval',
  'bad-counter',
  'bad-algorithm',
  'bad-type',
  'bad-date',
  'expired',
  'policy',
  'duplicate-in-file',
  'already-there',
  'user-unknown',
])
export type ImportReason = z.infer<typeof importReason>

/** `good`: it waits to be taken. */
export const importOutcome = z.enum(['good', 'taken', 'refused'])
export type ImportOutcome = z.infer<typeof importOutcome>

/** `reading`: the file comes in; `ready`: nothing was taken yet, and after an hour nothing will be; `importing`; `done`. */
export const importState = z.enum(['reading', 'ready', 'importing', 'done'])
export type ImportState = z.infer<typeof importState>

export const tokenImport = z.object({
  id,
  at: timestamp,
  administrator: z.string(),
  fileName: z.string(),
  format: z.enum(['csv', 'pskc']),
  state: importState,
  /** Rows that wait, that were taken, and that were not. */
  good: z.int(),
  taken: z.int(),
  refused: z.int(),
  finishedAt: timestamp.nullable(),
})
export type TokenImport = z.infer<typeof tokenImport>

export const tokenImportRow = z.object({
  /** The line of a CSV, the place of a key in PSKC. */
  number: z.int(),
  serialNumber: z.string(),
  /** Whom it is for, as the file says. */
  upn: z.string(),
  outcome: importOutcome,
  reason: importReason.nullable(),
  /** The column or element that the reason is about. */
  field: z.string().nullable(),
})
export type TokenImportRow = z.infer<typeof tokenImportRow>

const hexKey = z
  .string()
  .transform((text) => text.replace(/[\s:-]/g, '').toLowerCase())
  .pipe(
    z.string().regex(/^([0-9a-f]{32}|[0-9a-f]{48}|[0-9a-f]{64})$/, 'An AES key has 32, 48 or 64 hexadecimal digits.'),
  )

/** What the file is called, and what opens it; the key and the passphrase are kept in memory until the file was read. */
export const beginImportInput = z.strictObject({
  fileName: line(200),
  /** How a CSV writes its keys. */
  secretFormat: z.enum(['detect', 'base32', 'hex']).default('detect'),
  key: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('none') }),
      z.strictObject({
        kind: z.literal('passphrase'),
        passphrase: z.string().min(1, 'Enter the passphrase.').max(1000),
      }),
      z.strictObject({ kind: z.literal('key'), key: hexKey }),
    ])
    .default({ kind: 'none' }),
})
export type BeginImportInput = z.infer<typeof beginImportInput>

const tag = 'OATH Tokens'

export const oathImports = {
  list: endpoint({
    method: 'GET',
    path: '/api/oath-imports',
    summary: 'A page of the import log, the newest first.',
    tag,
    access: everyRole,
    query: z.strictObject(pageQuery),
    response: pageOf(tokenImport),
  }),
  read: endpoint({
    method: 'GET',
    path: '/api/oath-imports/:id',
    summary: 'An import and how far it is.',
    tag,
    access: everyRole,
    params: byId,
    response: tokenImport,
  }),
  rows: endpoint({
    method: 'GET',
    path: '/api/oath-imports/:id/rows',
    summary: 'A page of the rows of an import, in their order.',
    tag,
    access: everyRole,
    params: byId,
    query: z.strictObject({ ...pageQuery, outcome: importOutcome.optional() }),
    response: pageOf(tokenImportRow),
  }),
  export: endpoint({
    method: 'GET',
    path: '/api/oath-imports/:id/rows.csv',
    summary: 'All rows of an import as CSV; no secret is among them.',
    tag,
    access: everyRole,
    params: byId,
    stream: 'text/csv',
  }),
  begin: endpoint({
    method: 'POST',
    path: '/api/oath-imports',
    summary: 'Says that a file comes, and what opens it.',
    tag,
    access: administratorsOnly,
    body: beginImportInput,
    response: z.object({ id }),
  }),
  upload: endpoint({
    method: 'POST',
    path: '/api/oath-imports/:id/file',
    summary: 'Reads the file (CSV or PSKC, RFC 6030) and says what would be taken of it; nothing is taken yet.',
    tag,
    access: administratorsOnly,
    params: byId,
    upload: true,
    response: tokenImport,
  }),
  take: endpoint({
    method: 'POST',
    path: '/api/oath-imports/:id/take',
    summary: 'Takes the good rows of an import that is ready; it goes on by itself.',
    tag,
    access: administratorsOnly,
    params: byId,
    response: tokenImport,
  }),
  discard: endpoint({
    method: 'DELETE',
    path: '/api/oath-imports/:id',
    summary: 'Forgets an import that is ready and was not taken.',
    tag,
    access: administratorsOnly,
    params: byId,
  }),
}
