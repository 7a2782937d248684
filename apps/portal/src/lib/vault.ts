/** What the authenticator keeps on this device, in IndexedDB: accounts with their keys, what was decided lately, and choices. */
import type { OfflineToken } from './totp.ts'

/** One registration with the server. The keys are WebCrypto's: they can be used here, and read nowhere. */
export interface Account {
  readonly deviceId: string
  readonly username: string
  /** What this device is called. */
  readonly name: string
  /** ECDSA P-256, not extractable. */
  readonly key: CryptoKey
  readonly offline: OfflineToken
  readonly vapidPublicKey: string
}

/** One sign-in that asked this device, and what became of it. */
export interface PastRequest {
  readonly id: string
  readonly application: string
  readonly username: string
  readonly place: string | null
  readonly at: number
  readonly result: 'approved' | 'denied' | 'fraud' | 'missed' | 'failed'
}

export interface Choices {
  readonly language?: string
  /** The server's clock minus this device's, milliseconds. */
  readonly clockOffsetMs?: number
  /** Pushes were asked for once: they are not asked for again by themselves. */
  readonly askedForPush?: boolean
}

const historyKept = 50

export interface Vault {
  readonly accounts: () => Promise<readonly Account[]>
  readonly saveAccount: (account: Account) => Promise<void>
  readonly removeAccount: (deviceId: string) => Promise<void>
  /** The newest first. */
  readonly history: () => Promise<readonly PastRequest[]>
  readonly addHistory: (past: PastRequest) => Promise<void>
  readonly choices: () => Promise<Choices>
  readonly choose: (choices: Partial<Choices>) => Promise<void>
}

let opened: Promise<IDBDatabase> | undefined

export const vault: Vault = {
  accounts: () => run('accounts', 'readonly', (store) => store.getAll() as IDBRequest<Account[]>),
  saveAccount: (account) => run('accounts', 'readwrite', (store) => store.put(account)).then(() => undefined),
  removeAccount: (deviceId) => run('accounts', 'readwrite', (store) => store.delete(deviceId)),
  async history() {
    const all = await run('history', 'readonly', (store) => store.getAll() as IDBRequest<PastRequest[]>)
    return all.sort((one, other) => other.at - one.at)
  },
  async addHistory(past) {
    await run('history', 'readwrite', (store) => store.put(past))
    for (const old of (await vault.history()).slice(historyKept)) {
      await run('history', 'readwrite', (store) => store.delete(old.id))
    }
  },
  choices: async () => ((await run('choices', 'readonly', (store) => store.get('all'))) as Choices | undefined) ?? {},
  async choose(changes) {
    const all = { ...(await vault.choices()), ...changes }
    await run('choices', 'readwrite', (store) => store.put(all, 'all'))
  },
}

async function run<T>(
  name: 'accounts' | 'history' | 'choices',
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  opened ??= open()
  const database = await opened
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, mode)
    const request = act(transaction.objectStore(name))
    transaction.oncomplete = () => resolve(request.result)
    transaction.onabort = () => reject(transaction.error ?? new Error('The device did not keep this.'))
  })
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('sallyport', 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('accounts', { keyPath: 'deviceId' })
      request.result.createObjectStore('history', { keyPath: 'id' })
      request.result.createObjectStore('choices')
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('This browser keeps nothing.'))
  })
}
