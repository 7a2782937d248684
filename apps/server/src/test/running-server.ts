/** A whole server over a temporary folder, with one RADIUS client on loopback: for tests that send real packets. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { SignInReason, SignInRow } from '@sallyport/contract'
import { openStore, type Actor, type Store } from '@sallyport/store'
import { freeUdpPort, radclient, type RadclientResult } from '@sallyport/tooling/servers'
import { pino } from 'pino'

import { startServer } from '../server.ts'

export interface TestServer {
  readonly store: Store
  readonly dataDir: string
  readonly port: number
  readonly consoleUrl: string
  readonly portalUrl: string
  /** Sends an Access-Request with these lines of radclient's input; Message-Authenticator is added. */
  readonly ask: (...attributes: readonly string[]) => Promise<Answer>
  /** Resolves once the report's newest sign-in of this name has this reason; rejects after ten seconds. */
  readonly reported: (username: string, reason: SignInReason) => Promise<SignInRow>
  /** Ends the server; its folder stays, for the next one. */
  readonly stop: () => Promise<void>
  readonly close: () => Promise<void>
}

export interface Answer extends Pick<RadclientResult, 'output'> {
  /** `Access-Accept` and its kin; absent: silence. */
  readonly code: string | undefined
  readonly get: (name: string) => string | undefined
}

export const actor: Actor = { id: null, name: 'test', address: null }
export const sharedSecret = 'a shared secret of a test'

/** @param prepare fills the store before the engine reads it */
export async function startTestServer(
  prepare: (store: Store) => Promise<void>,
  sambaFolder = '/usr/bin',
): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sallyport-server-'))
  const port = await freeUdpPort()
  const empty = await openStore({ dataDir })
  const ports = { authenticationPorts: [port], accountingPorts: [] }
  await empty.settings.changeRadius({ enabled: true, ...ports, accountingSilenceHours: 24, version: 1 }, actor)
  await empty.radiusClients.create({ ...client, sharedSecret }, actor)
  await prepare(empty)
  await empty.close()
  const server = await serveFolder(dataDir, port, sambaFolder)
  return {
    ...server,
    async close() {
      await server.close()
      await rm(dataDir, { recursive: true })
    },
  }
}

/** Serves a data folder as it is, which stays when the server is closed. */
export async function serveFolder(dataDir: string, port: number, sambaFolder = '/usr/bin'): Promise<TestServer> {
  const server = await startServer({
    config: {
      dataDir,
      console: { address: '127.0.0.1', port: 0, tls: null, behindTlsProxy: false, publicUrl: null },
      portal: { address: '127.0.0.1', port: 0, tls: null, behindTlsProxy: false, publicUrl: null },
      pushToLoopback: false,
      radiusAddresses: ['127.0.0.1'],
      sampleSite: false,
      sambaFolder,
      logLevel: 'error',
    },
    logger: pino({ level: 'silent' }),
    version: 'test',
    onDeath: (error) => {
      throw error
    },
  })
  const { store } = server
  return {
    store,
    dataDir,
    port,
    consoleUrl: server.consoleUrl,
    portalUrl: server.portalUrl,
    async ask(...attributes) {
      const { reply, output } = await radclient({
        host: '127.0.0.1',
        port,
        secret: sharedSecret,
        attributes: [...attributes, 'Message-Authenticator = 0x00'],
        retries: 1,
        timeoutSeconds: 8,
      })
      return { code: reply?.code, output, get: (name) => reply?.attributes.find((each) => each.name === name)?.value }
    },
    async reported(username, reason) {
      let newest: SignInRow | undefined
      for (let tries = 0; tries < 200; tries++) {
        const { rows } = await store.signIns.list({ username }, { limit: 1 })
        newest = rows[0]
        if (newest?.reason === reason) return newest
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      throw new Error(`the newest sign-in of ${username} is reported as ${newest?.reason ?? 'nothing'}, not ${reason}`)
    },
    stop: () => server.close(),
    close: () => server.close(),
  }
}

const client = {
  address: '127.0.0.1',
  nasIdentifier: '',
  certificateName: '',
  vendorProfile: 'other',
  limitProxyState: true,
  applicationName: 'VPN',
  requireUserMatch: true,
  messageAuthenticator: 'require',
  factorMode: 'automatic',
  canBeChallenged: true,
  deviceTimeoutSeconds: 60,
  allowedMethods: [],
  fallbackOath: false,
  pushWithoutNumber: false,
  enabled: true,
} as const
