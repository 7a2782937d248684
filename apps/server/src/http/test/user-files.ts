/** Files of users as the help desk brings them in: uploaded, looked at, and taken to the end. */
import type { UserImport, UserImportMapping } from '@sallyport/contract'
import type { TestConsole } from './console.ts'

interface Whose {
  readonly from: TestConsole
  readonly as: string
}

export async function uploadUsers({ from, as }: Whose, file: string | Buffer) {
  const begun = await from.call('POST', '/api/user-imports', { cookie: as, body: { fileName: 'users.csv' } })
  return from.call('POST', `/api/user-imports/${String(begun.body['id'])}/file`, {
    cookie: as,
    body: Buffer.from(file),
    headers: { 'content-type': 'application/octet-stream' },
  })
}

/** @param changes what is said otherwise than guessed */
export async function checkedUsers(
  whose: Whose,
  file: string | Buffer,
  changes: Partial<UserImportMapping> = {},
): Promise<UserImport> {
  const { id, mapping } = (await uploadUsers(whose, file)).body as unknown as UserImport
  await whose.from.call('POST', `/api/user-imports/${id}/check`, {
    cookie: whose.as,
    body: { ...mapping, ...changes },
  })
  return untilState(whose, id, ['ready', 'mapping'])
}

export async function takenUsers(whose: Whose, id: string): Promise<UserImport> {
  await whose.from.call('POST', `/api/user-imports/${id}/take`, { cookie: whose.as })
  return untilState(whose, id, ['done'])
}

async function untilState(
  { from, as }: Whose,
  id: string,
  states: readonly UserImport['state'][],
): Promise<UserImport> {
  for (let tries = 0; tries < 3000; tries++) {
    const read = (await from.call('GET', `/api/user-imports/${id}`, { cookie: as })).body as unknown as UserImport
    if (states.includes(read.state)) return read
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('the import does not go on')
}
