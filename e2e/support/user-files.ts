/** Files of users, brought in through the REST API as the console does it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { api, type UserImport } from '@sallyport/contract'

import type { Administrator } from './administrator.ts'

export async function uploadUsers(administrator: Administrator, csv: string): Promise<UserImport> {
  const { id } = await administrator.call(api.userImports.begin, { body: { fileName: 'people.csv' } })
  return administrator.call(api.userImports.upload, { params: { id }, file: new Blob([csv]) })
}

/** Resolves when its rows were looked at. */
export async function checkUsers(administrator: Administrator, csv: string): Promise<UserImport> {
  const { id, mapping } = await uploadUsers(administrator, csv)
  await administrator.call(api.userImports.check, { params: { id }, body: mapping })
  return until(administrator, id, 'ready')
}

/** Fills the server with this many users by the CSV import. */
export async function importUsers(administrator: Administrator, count: number): Promise<void> {
  const lines = Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(5, '0')
    return `user${number},,,user${number}@sallyport.test`
  })
  const { id } = await checkUsers(administrator, ['username,firstName,lastName,email', ...lines].join('\n'))
  await administrator.call(api.userImports.take, { params: { id } })
  await until(administrator, id, 'done')
}

async function until(administrator: Administrator, id: string, state: UserImport['state']): Promise<UserImport> {
  for (let tries = 0; tries < 1200; tries++) {
    const read = await administrator.call(api.userImports.read, { params: { id } })
    if (read.state === state) return read
    if (read.problem !== null) throw new Error(`the import was refused: ${read.problem}`)
    await sleep(50)
  }
  throw new Error(`the import is not ${state} after a minute`)
}
