/** A console over a real store and a real directory, told to synchronize, for tests. */
import { unsavedSyncSettings, type SyncItem, type SyncRow, type SyncRun, type SyncSettings } from '@sallyport/contract'
import type { LdapSettings, UserRecord } from '@sallyport/store'

import { startConsole, type TestConsole } from '../../http/test/console.ts'

export interface Synchronizing {
  readonly console: TestConsole
  readonly cookie: string
  /** Saves settings over those that are saved. */
  configure(changes: Partial<SyncSettings>): Promise<void>
  /** Runs, and waits until the run has come as far as it can by itself. */
  run(how?: { readonly dryRun?: boolean; readonly full?: boolean }): Promise<SyncRun>
  approve(run: SyncRun, adopt?: boolean): Promise<SyncRun>
  read(id: string): Promise<SyncRun>
  rows(run: SyncRun): Promise<readonly SyncRow[]>
  user(username: string): Promise<UserRecord | undefined>
  usernames(): Promise<readonly string[]>
  close(): Promise<void>
}

const server = { id: null, name: 'test', address: null }

export function itemFor(kind: SyncItem['kind'], dn: string, id: string, changes: Partial<SyncItem> = {}): SyncItem {
  return {
    ...{
      id,
      kind,
      dn,
      factorMethods: [],
      callMode: null,
      textMode: null,
      textWithPin: null,
      appMode: null,
      language: '',
    },
    ...changes,
  }
}

export async function startSynchronizing(
  ldap: Partial<LdapSettings>,
  settings: Partial<SyncSettings>,
): Promise<Synchronizing> {
  const console = await startConsole()
  const cookie = await console.signInAs('administrator')
  const { store, directorySync } = console
  const present = await store.settings.ldap()
  await store.settings.changeLdap({ ...present, ...ldap }, server)

  const call = async (method: string, url: string, body?: object) => {
    const answer = await console.call(method, url, { cookie, ...(body && { body }) })
    if (answer.status >= 300) throw new Error(answer.text)
    return answer.body as unknown
  }
  const read = async (id: string) => (await call('GET', `/api/directory/sync/runs/${id}`)) as SyncRun
  const configure = async (changes: Partial<SyncSettings>) => {
    await call('PUT', '/api/directory/sync', { ...(await store.directorySync.settings()), ...changes })
  }
  const list = () => store.users.list({ limit: 200, sort: 'username', direction: 'ascending' })
  await configure({ ...unsavedSyncSettings, ...settings })
  return {
    console,
    cookie,
    configure,
    read,
    async run({ dryRun = false, full = false } = {}) {
      const { id } = (await call('POST', '/api/directory/sync/runs', { dryRun, full })) as SyncRun
      await directorySync.idle()
      return read(id)
    },
    async approve({ id }, adopt = false) {
      await call('POST', `/api/directory/sync/runs/${id}/approve`, { adopt })
      await directorySync.idle()
      return read(id)
    },
    async rows({ id }) {
      return ((await call('GET', `/api/directory/sync/runs/${id}/rows?limit=200`)) as { rows: SyncRow[] }).rows
    },
    user: async (username) => (await list()).rows.find((user) => user.username === username),
    usernames: async () => (await list()).rows.map(({ username }) => username),
    close: () => console.close(),
  }
}
