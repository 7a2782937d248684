/** One server of a directory: its pools of connections, its health, and the two questions we have for it. */
import { type SecureContext } from 'node:tls'

import { type LdapConfiguration } from './configuration.ts'
import { createConnection, type LdapConnection } from './connection.ts'
import { asFailure, LdapFailure } from './failure.ts'
import { createHealth, type Health } from './health.ts'
import { type BindAnswer } from './outcomes.ts'
import { createPool } from './pool.ts'
import { bindForQueries } from './query-bind.ts'
import { openSocket } from './socket.ts'
import { prepareUserSearch, usersAmong, type FoundUser } from './user-search.ts'
import { type LdapAddress } from './url.ts'
import { type Entry } from './wire/decode.ts'
import { type PreparedSearch } from './wire/encode.ts'

export interface ServerOptions {
  readonly configuration: LdapConfiguration
  readonly address: LdapAddress
  readonly trust: SecureContext | undefined
  readonly now: () => number
  readonly bindConnections: number
  readonly queryConnections: number
  readonly firstBackOffMs: number
  readonly longestBackOffMs: number
}

export interface Server {
  readonly url: string
  readonly health: Health
  /** @throws LdapFailure */
  findUsers(username: string, deadlineAt: number): Promise<FoundUser[]>
  /** `name` stands in the filter’s place for one. @throws LdapFailure */
  search(search: PreparedSearch, name: string, deadlineAt: number): Promise<Entry[]>
  /** @throws LdapFailure */
  bind(dn: string, password: string, deadlineAt: number): Promise<BindAnswer>
  close(): void
}

/** Searches under way on one connection at a time: OpenLDAP closes an anonymous one with more than 100 waiting. */
const searchesEach = 48

/** @throws Error where the configuration's filter is none */
export function createServer(options: ServerOptions): Server {
  const { configuration, address, trust, now } = options
  const { connectTimeoutMs, operationTimeoutMs, queryBind } = configuration
  const userSearch = prepareUserSearch(configuration)

  async function open(timeoutMs: number): Promise<LdapConnection> {
    const limitMs = Math.max(1, Math.min(connectTimeoutMs, timeoutMs))
    return createConnection(await openSocket({ address, tls: configuration.tls, trust, timeoutMs: limitMs }))
  }

  /** The first query bind under way: the others wait for it, so that a wrong password is sent once and not by all. */
  let proof: Promise<LdapConnection> | undefined

  async function openForQueries(timeoutMs: number): Promise<LdapConnection> {
    const refusal = health.standingRefusal()
    if (refusal) throw refusal
    if (proof) {
      await proof
      return openAndBind(timeoutMs)
    }
    proof = openAndBind(timeoutMs)
    return proof
  }

  async function openAndBind(timeoutMs: number): Promise<LdapConnection> {
    const deadlineAt = Date.now() + timeoutMs
    let connection: LdapConnection | undefined
    try {
      connection = await open(timeoutMs)
      await bindForQueries(connection, queryBind, limit(deadlineAt))
      return connection
    } catch (error) {
      proof = undefined
      connection?.destroy()
      throw error
    }
  }

  /** Any answer proves that the server is there; the query account is not asked for more than it must be. */
  async function probe(): Promise<void> {
    const connection = await open(connectTimeoutMs)
    try {
      await connection.bind('', '', operationTimeoutMs)
    } finally {
      connection.destroy()
    }
  }

  const { firstBackOffMs, longestBackOffMs } = options
  const health = createHealth({
    now,
    firstBackOffMs,
    longestBackOffMs,
    probe: () => probe().catch((error: unknown) => Promise.reject(asFailure(error))),
  })
  const binds = createPool({ size: options.bindConnections, borrowersEach: 1, open })
  const queries = createPool({ size: options.queryConnections, borrowersEach: searchesEach, open: openForQueries })

  function limit(deadlineAt: number): number {
    return Math.max(1, Math.min(operationTimeoutMs, deadlineAt - Date.now()))
  }

  /** Whether the server had time enough that its silence says something about it. */
  function isFair(givenMs: number): boolean {
    return givenMs >= Math.min(1_000, operationTimeoutMs / 2, connectTimeoutMs / 2)
  }

  /** What a request that was given so much time failed with, after the server's health has been told. */
  function observed(error: unknown, givenMs: number): LdapFailure {
    const failure = asFailure(error)
    if (failure.code !== 'timeout' || isFair(givenMs)) health.failed(failure)
    if (!health.isAvailable()) {
      binds.closeIdle()
      queries.closeIdle()
    }
    return failure
  }

  async function searched<T>(
    search: PreparedSearch,
    name: string,
    deadlineAt: number,
    read: (entries: Entry[]) => T,
  ): Promise<T> {
    const givenMs = deadlineAt - Date.now()
    try {
      const entries = await queries.use(deadlineAt, (connection) => connection.search(search, name, limit(deadlineAt)))
      const result = read(entries)
      health.succeeded()
      return result
    } catch (error) {
      throw observed(error, givenMs)
    }
  }

  return {
    url: address.url,
    health,
    findUsers: (username, deadlineAt) => {
      if (!userSearch) throw new Error('a template needs no search')
      return searched(userSearch, username, deadlineAt, usersAmong)
    },
    search: (search, name, deadlineAt) => searched(search, name, deadlineAt, (entries) => entries),
    bind: async (dn, password, deadlineAt) => {
      const givenMs = deadlineAt - Date.now()
      try {
        const answer = await binds.use(deadlineAt, (connection) => connection.bind(dn, password, limit(deadlineAt)))
        // RFC 4511 §4.1.9: busy and unavailable are the server's own trouble: the next one may do better.
        if (answer.resultCode === 51 || answer.resultCode === 52) {
          throw new LdapFailure('server-down', 'The server says that it is busy or unavailable.')
        }
        health.succeeded()
        return answer
      } catch (error) {
        throw observed(error, givenMs)
      }
    },
    close: () => {
      health.close()
      binds.close()
      queries.close()
    },
  }
}
