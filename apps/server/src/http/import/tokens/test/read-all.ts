/** Reads a whole file of tokens at once, in pieces of a given size, for tests. */
import { readTokens, type ReadOptions } from '../read-tokens.ts'
import type { TokenRow } from '../token-draft.ts'

export async function readAll(
  file: string | Uint8Array,
  { pieceBytes = 1000, ...options }: Partial<ReadOptions> & { readonly pieceBytes?: number } = {},
): Promise<TokenRow[]> {
  const rows: TokenRow[] = []
  const read = readTokens(pieces(Buffer.from(file), pieceBytes), {
    ...{ key: { kind: 'none' }, secretFormat: 'detect', onFormat: () => Promise.resolve() },
    ...options,
  })
  for await (const row of read) rows.push(row)
  return rows
}

async function* pieces(file: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < file.length; from += size) yield file.subarray(from, from + size)
}
