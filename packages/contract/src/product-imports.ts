/** Taking clients, servers and a directory over from another product's configuration: a file is read, shown row by row, then taken. */
import { z } from 'zod'
import { byId, id, line, timestamp } from './common.ts'
import { endpoint } from './endpoint.ts'
import { administratorsOnly } from './roles.ts'

/** `duo`: authproxy.cfg; `nps`: what netsh nps export writes; `freeradius`: clients.conf. */
export const importProduct = z.enum(['duo', 'nps', 'freeradius'])
export type ImportProduct = z.infer<typeof importProduct>

/** `new`: it can be added; `there`: the same is here already, and stays; `refused`: it cannot be taken as it is; `unread`: see the message. */
export const productImportState = z.enum(['new', 'there', 'refused', 'unread'])
export type ProductImportState = z.infer<typeof productImportState>

/** How many rows one file may come to; a larger one is for the command line. */
export const mostProductRows = 1000

export const productImportRow = z.object({
  /** From 0, in the order in which they were found. */
  number: z.int(),
  /** `remark`: what is in the file and was not understood, or has no counterpart. */
  kind: z.enum(['client', 'server', 'directory', 'remark']),
  /** Where it stands in the file: `line 12`. */
  where: z.string(),
  /** What tells it apart: an address, a host and its port, the URLs of a directory; empty of a remark. */
  title: z.string(),
  state: productImportState,
  /** Empty where there is nothing to say. */
  message: z.string(),
  /** What would be set; secrets are not among it. */
  settings: z.array(z.object({ name: z.string(), value: z.string() })),
})
export type ProductImportRow = z.infer<typeof productImportRow>

export const productImport = z.object({
  id,
  at: timestamp,
  administrator: z.string(),
  product: importProduct,
  fileName: z.string(),
  /** It is forgotten then, whoever watches. */
  expiresAt: timestamp,
  /** Against what is here now. */
  rows: z.array(productImportRow),
})
export type ProductImport = z.infer<typeof productImport>

const tag = 'RADIUS Authentication'

export const productImports = {
  upload: endpoint({
    method: 'POST',
    path: '/api/product-imports',
    summary: 'Reads the configuration of another product and keeps it sealed for an hour; nothing changes yet.',
    tag,
    access: administratorsOnly,
    reauthenticate: true,
    query: z.strictObject({ product: importProduct, fileName: line(200) }),
    upload: true,
    response: productImport,
  }),
  read: endpoint({
    method: 'GET',
    path: '/api/product-imports/:id',
    summary: 'What was understood of a file and what was not, against what is here now.',
    tag,
    access: administratorsOnly,
    params: byId,
    response: productImport,
  }),
  take: endpoint({
    method: 'POST',
    path: '/api/product-imports/:id/take',
    summary: 'Adds what these rows say, all or nothing, and forgets the file.',
    tag,
    access: administratorsOnly,
    reauthenticate: true,
    params: byId,
    body: z.strictObject({
      rows: z.array(z.int().min(0)).min(1, 'Choose at least one row.').max(mostProductRows),
    }),
    response: z.object({ added: z.int() }),
  }),
  discard: endpoint({
    method: 'DELETE',
    path: '/api/product-imports/:id',
    summary: 'Forgets a file; nothing changes.',
    tag,
    access: administratorsOnly,
    params: byId,
  }),
}
