/** Mobile apps that are open: each with a device of its own in the database, and a stream over which it hears what asks it. */
import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { request, type ClientRequest, type IncomingMessage } from 'node:http'
import { join } from 'node:path'

import { appEventsPath } from '@sallyport/contract/portal'
import Database from 'better-sqlite3'

import { phoneOf, type Phone } from '../support/phone.ts'

/** An app of a user, before its server starts. */
export interface AppInDatabase {
  readonly deviceId: string
  readonly username: string
  readonly privateKey: KeyObject
}

/** Gives users the app, as if each had activated it. */
export function addApps(dataDir: string, usernames: readonly string[]): readonly AppInDatabase[] {
  const database = new Database(join(dataDir, 'sallyport.db'))
  try {
    const insert = database.prepare(
      `INSERT INTO AppDevice (id, userId, name, publicKey, userAgent, createdAt)
       SELECT ?, id, 'Phone', ?, '', ? FROM User WHERE username = ?`,
    )
    const now = Date.now()
    const add = database.transaction(() =>
      usernames.map((username) => {
        const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
        const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
        const deviceId = randomUUID()
        insert.run(deviceId, key, now, username)
        return { deviceId, username, privateKey }
      }),
    )
    return add()
  } finally {
    database.close()
  }
}

export interface OpenApps {
  /** By user name. */
  readonly phones: ReadonlyMap<string, Phone>
  /** How many streams the server has ended, or lost. */
  lost(): number
  close(): void
}

const atOnce = 100

/** Opens a stream for each, and resolves when all of them were answered. */
export async function openApps(apps: readonly AppInDatabase[], portalUrl: string): Promise<OpenApps> {
  const phones = new Map<string, Phone>()
  const streams: ClientRequest[] = []
  let closed = 0
  const open = async ({ deviceId, username, privateKey }: AppInDatabase) => {
    const phone = phoneOf(deviceId, privateKey, () => portalUrl)
    phones.set(username, phone)
    const stream = request(new URL(appEventsPath, portalUrl), {
      agent: false,
      headers: phone.headers('GET', appEventsPath),
    })
    stream.on('error', () => undefined)
    streams.push(stream.end())
    const [response] = (await once(stream, 'response')) as [IncomingMessage]
    if (response.statusCode !== 200)
      throw new Error(`the stream of ${username} was answered ${response.statusCode ?? 0}`)
    response.on('close', () => closed++).resume()
  }
  for (let first = 0; first < apps.length; first += atOnce)
    await Promise.all(apps.slice(first, first + atOnce).map(open))
  return {
    phones,
    lost: () => closed,
    close() {
      for (const stream of streams) stream.destroy()
    },
  }
}
