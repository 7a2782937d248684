/** One LDAP connection: binds and searches with a time limit each, and errors as `LdapFailure`. */
import { type Socket } from 'node:net'
import { type TLSSocket } from 'node:tls'

import { Client, ResultCodeError, SASL_MECHANISMS, type Entry, type SearchOptions } from 'ldapts'

import { MalformedBer } from './ber.ts'
import { asFailure, LdapFailure } from './failure.ts'
import { GuardedSocket, malformedAnswer } from './guarded-socket.ts'
import { serverProblem, type BindAnswer } from './outcomes.ts'
import { PasswordPolicyControl } from './password-policy.ts'

export interface LdapConnection {
  readonly isOpen: boolean
  /** `Date.now()` of the last answer. */
  readonly lastAnswerAt: number
  /** Sends a simple bind. RFC 4511 §4.2.1: nothing else may be under way on this connection. */
  bind(dn: string, password: string, timeoutMs: number): Promise<BindAnswer>
  /** Sends a search; many may be under way. @throws LdapFailure for every answer but success */
  search(baseDn: string, options: SearchOptions, timeoutMs: number): Promise<Entry[]>
  /** Runs when the connection has closed, for whatever reason. */
  onClosed(listener: () => void): void
  destroy(): void
}

/** Speaks LDAP over a socket that stands already. */
export function createConnection(socket: Socket | TLSSocket): LdapConnection {
  let isOpen = true
  let lastAnswerAt = Date.now()
  const listeners: (() => void)[] = []
  socket.once('close', () => {
    isOpen = false
    for (const listener of listeners) listener()
  })
  const destroy = () => {
    isOpen = false
    socket.destroy()
  }
  /** Why the connection was given up, where the server is to blame. */
  let fault: LdapFailure | undefined
  const giveUp = (failure: LdapFailure) => {
    fault = failure
    destroy()
  }
  const guarded = new GuardedSocket(socket, giveUp)
  // The URL is only a formality: the socket is handed over once, and never opened anew behind our back.
  let taken = false
  const client = new Client({
    url: 'ldap://socket.invalid',
    createConnection: () => {
      if (taken || !isOpen) throw new LdapFailure('server-down', 'The connection was lost.')
      taken = true
      // All that the client library asks of a socket, the guard has.
      return guarded as unknown as Socket
    },
  })

  async function limited<T>(operation: Promise<T>, timeoutMs: number, mayStay: boolean): Promise<T> {
    const startedAt = Date.now()
    let timer: NodeJS.Timeout | undefined
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        // Others were answered meanwhile: it is this one search that is slow, and not the server.
        const isAlive = mayStay && lastAnswerAt > startedAt
        reject(
          new LdapFailure('timeout', `The server did not answer within ${timeoutMs} ms.`, { blamesServer: !isAlive }),
        )
        if (!isAlive) destroy()
      }, timeoutMs)
    })
    try {
      const result = await Promise.race([operation, tooLate])
      lastAnswerAt = Date.now()
      return result
    } catch (error) {
      if (error instanceof ResultCodeError) {
        lastAnswerAt = Date.now()
        throw error
      }
      if (error instanceof MalformedBer) giveUp(malformedAnswer(error))
      throw fault ?? asFailure(error)
    } finally {
      clearTimeout(timer)
    }
  }

  /** Holds back what is written in this turn of the event loop, so that searches started together leave in one write. */
  let isCorked = false
  function gatherWrites(): void {
    if (isCorked) return
    isCorked = true
    socket.cork()
    setImmediate(() => {
      isCorked = false
      socket.uncork()
    })
  }

  return {
    get isOpen() {
      return isOpen
    },
    get lastAnswerAt() {
      return lastAnswerAt
    },
    bind: async (dn, password, timeoutMs) => {
      // RFC 4513 §5.1.2: a DN with an empty password succeeds as nobody. And the client library takes some names for SASL mechanisms.
      if ((password === '') !== (dn === ''))
        throw new LdapFailure('misconfigured', 'A bind needs both a name and a password, or neither.')
      if ((SASL_MECHANISMS as readonly string[]).includes(dn))
        throw new LdapFailure('misconfigured', 'A bind needs a DN.')
      const policy = new PasswordPolicyControl()
      try {
        await limited(client.bind(dn, password, policy), timeoutMs, false)
        return { resultCode: 0, message: '', policy }
      } catch (error) {
        if (error instanceof ResultCodeError) return { resultCode: error.code, message: error.message, policy }
        throw error
      }
    },
    search: async (baseDn, options, timeoutMs) => {
      gatherWrites()
      try {
        return (await limited(client.search(baseDn, options), timeoutMs, true)).searchEntries
      } catch (error) {
        throw error instanceof ResultCodeError ? serverProblem(error.code, error.message) : error
      }
    },
    onClosed: (listener) => void listeners.push(listener),
    destroy,
  }
}
