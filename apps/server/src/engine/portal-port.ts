/**
 * The port that sign-ins to the user portal come in by: real packets to the same stages as any device's, so that passwords, second
 * factors, locks and limits hold there too. It is on loopback, and only who knows its secret, which never leaves the process, is heard.
 */
import { randomBytes } from 'node:crypto'

import {
  createSharedSecret,
  createUdpServer,
  packetCodes,
  readAttribute,
  type IncomingRequest,
  type KnownClient,
} from '@sallyport/radius'
import type { EngineClient, JournalRecord } from '@sallyport/store/engine'

import type { Tools } from '../access/tools.ts'
import { readFallback, type PortalDecided, type PortalPort } from '../bus/portal-port.ts'

export interface PortalPortOptions {
  readonly tools: Tools
  readonly decide: (request: IncomingRequest<EngineClient>, tools: Tools) => Promise<unknown>
  readonly tell: (decided: PortalDecided) => void
}

interface OpenPortalPort {
  readonly way: PortalPort
  close(): Promise<void>
}

const loopback = '127.0.0.1'
/** What people's browsers wait for: a phone that rings, a message that takes its time. */
const patienceSeconds = 120

export async function openPortalPort({ tools, decide, tell }: PortalPortOptions): Promise<OpenPortalPort> {
  const secret = randomBytes(32).toString('base64url')
  const known: KnownClient<EngineClient> = {
    client: portalClient(secret),
    secret: createSharedSecret(secret),
    messageAuthenticator: 'require',
    dropProxyStateWithout: true,
  }
  const server = createUdpServer<EngineClient>({
    clientFor: ({ address }) => (address === loopback ? known : undefined),
    onRequest(request) {
      if (request.packet.code !== packetCodes.accessRequest) {
        request.ignore()
        return
      }
      const own = portalTools(tools, readAttribute(request.packet, 'NAS-Port-Id') ?? '', tell)
      const fallback = readFallback(readAttribute(request.packet, 'Connect-Info'))
      void decide(request, fallback === undefined ? own : { ...own, fallback })
    },
    onSocketError: (error) => tools.onError(error, 'portal port'),
  })
  const { port } = await server.listen({ address: loopback, port: 0, kind: 'authentication' })
  return { way: { host: loopback, port, secret }, close: () => server.close() }
}

/** It has no row: nobody edits it, and nothing is learned of it. */
function portalClient(sharedSecret: string): EngineClient {
  return {
    id: 'user-portal',
    address: loopback,
    nasIdentifier: '',
    certificateName: '',
    applicationName: 'User portal',
    sharedSecret,
    requireUserMatch: true,
    messageAuthenticator: 'require',
    limitProxyState: true,
    factorMode: 'challenge',
    canBeChallenged: true,
    deviceTimeoutSeconds: patienceSeconds,
    allowedMethods: [],
    fallbackOath: true,
    pushWithoutNumber: false,
    messageAuthenticatorSeen: true,
  }
}

/** The same tools, and word of what was decided once it is on disk. */
function portalTools(tools: Tools, ticket: string, tell: PortalPortOptions['tell']): Tools {
  return {
    ...tools,
    clientsSeen: { due: () => false },
    // Nothing that stands in for a second factor counts where second factors are changed: each person is asked.
    standIns: false,
    async record(records) {
      const own = records.map(withoutClient)
      await tools.record(own)
      for (const record of own) {
        if (record.kind !== 'sign-in') continue
        const { id: signInId, userId, result, reason } = record.signIn
        tell({ ticket, signInId, userId, result, reason })
      }
    },
  }
}

/** In the log it goes by its name: there is no client to look up. */
function withoutClient(record: JournalRecord): JournalRecord {
  return record.kind === 'sign-in' ? { ...record, signIn: { ...record.signIn, clientId: null } } : record
}
