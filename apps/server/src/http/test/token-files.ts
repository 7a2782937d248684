/** Files of OATH tokens as an administrator brings them in: uploaded, and then taken to the end. */
import type { BeginImportInput, TokenImport } from '@sallyport/contract'
import type { TestConsole } from './console.ts'

export type GivenKey = BeginImportInput['key']

interface Whose {
  readonly from: TestConsole
  /** The cookie of the administrator who does it. */
  readonly as: string
}

export async function uploadTokens({ from, as }: Whose, file: string | Buffer, key: GivenKey = { kind: 'none' }) {
  const begun = await from.call('POST', '/api/oath-imports', {
    cookie: as,
    body: { fileName: 'tokens.csv', secretFormat: 'detect', key },
  })
  return from.call('POST', `/api/oath-imports/${String(begun.body['id'])}/file`, {
    cookie: as,
    body: Buffer.from(file),
    headers: { 'content-type': 'application/octet-stream' },
  })
}

/** @param seen what the screen reads while it waits */
export async function takenTokens(
  { from, as }: Whose,
  id: unknown,
  seen: (progress: TokenImport) => void = () => undefined,
): Promise<TokenImport> {
  await from.call('POST', `/api/oath-imports/${String(id)}/take`, { cookie: as })
  for (let tries = 0; tries < 3000; tries++) {
    const progress = (await from.call('GET', `/api/oath-imports/${String(id)}`, { cookie: as })).body
    const read = progress as unknown as TokenImport
    seen(read)
    if (read.state === 'done') return read
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('the import does not end')
}
