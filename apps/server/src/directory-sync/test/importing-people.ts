/** Looks for people in a test's directory and imports them, as an operator does. */
import { setTimeout as delay } from 'node:timers/promises'

import type { DirectoryPerson, ImportPeopleInput, UserImport, UserImportRow } from '@sallyport/contract'

import type { Synchronizing } from './synchronizing.ts'

interface FoundPeople {
  readonly people: readonly DirectoryPerson[]
  readonly nextCursor: string | null
}

async function call<T>(sync: Synchronizing, method: string, url: string, body?: object): Promise<T> {
  const answer = await sync.console.call(method, url, { cookie: sync.cookie, ...(body && { body }) })
  if (answer.status >= 300) throw new Error(answer.text)
  return answer.body as T
}

export function findPeople(sync: Synchronizing, query: Readonly<Record<string, string>>): Promise<FoundPeople> {
  return call(sync, 'GET', `/api/directory/people?${new URLSearchParams(query).toString()}`)
}

export function countPeople(sync: Synchronizing, query: Readonly<Record<string, string>>): Promise<object> {
  return call(sync, 'GET', `/api/directory/people/count?${new URLSearchParams(query).toString()}`)
}

const plain: Omit<ImportPeopleInput, 'whom'> = {
  ...{ link: false, factorMethods: [], language: '', countryCode: '' },
  ...{ callMode: null, textMode: null, textWithPin: null, appMode: null },
}

type Choice = Pick<ImportPeopleInput, 'whom'> & Partial<ImportPeopleInput>

/** Until it waits for a yes, or cannot be taken. */
export async function lookAtPeople(sync: Synchronizing, choice: Choice): Promise<UserImport> {
  const { id } = await call<{ id: string }>(sync, 'POST', '/api/user-imports/from-directory', { ...plain, ...choice })
  return settled(sync, id)
}

/** Until all of them were taken. */
export async function importPeople(sync: Synchronizing, choice: Choice): Promise<UserImport> {
  const { id } = await lookAtPeople(sync, choice)
  await call(sync, 'POST', `/api/user-imports/${id}/take`)
  return settled(sync, id)
}

export async function importRows(sync: Synchronizing, { id }: UserImport): Promise<readonly UserImportRow[]> {
  return (await call<{ rows: UserImportRow[] }>(sync, 'GET', `/api/user-imports/${id}/rows?limit=200`)).rows
}

async function settled(sync: Synchronizing, id: string): Promise<UserImport> {
  for (;;) {
    const found = await call<UserImport>(sync, 'GET', `/api/user-imports/${id}`)
    if (found.state !== 'checking' && found.state !== 'importing') return found
    await delay(20)
  }
}
