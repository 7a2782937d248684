/** One LDAP connection: binds and searches with a time limit each, and errors as `LdapFailure`. */
import { type Socket } from 'node:net'
import { type TLSSocket } from 'node:tls'

import { createDeadlines } from './deadlines.ts'
import { LdapFailure } from './failure.ts'
import { type BindAnswer } from './outcomes.ts'
import { Requests, type Page } from './requests.ts'
import { MalformedBer } from './wire/ber.ts'
import { decodeResponse, type Entry } from './wire/decode.ts'
import { encodeBind, encodeSearch, encodeUnbind, type PreparedSearch } from './wire/encode.ts'
import { Framer } from './wire/framing.ts'
import { pagedResultsControls } from './wire/paged-results.ts'
import { responseTags } from './wire/tags.ts'

export interface LdapConnection {
  readonly isOpen: boolean
  /** `performance.now()` of the last answer. */
  readonly lastAnswerAt: number
  /** Sends a simple bind. RFC 4511 §4.2.1: nothing else may be under way on this connection. @throws LdapFailure */
  bind(dn: string, password: string, timeoutMs: number): Promise<BindAnswer>
  /** Sends a search; many may be under way. @throws LdapFailure for every answer but success */
  search(search: PreparedSearch, username: string, timeoutMs: number): Promise<Entry[]>
  /** Sends for one page of a search; every page of it on the same connection. @throws LdapFailure for every answer but success */
  page(search: PreparedSearch, pageSize: number, cookie: Buffer, timeoutMs: number): Promise<Page>
  /** Runs when the connection has closed, for whatever reason. */
  onClosed(listener: () => void): void
  /** Closes it at once; a server that owes no answer is told. */
  destroy(): void
}

/** RFC 4511 §4.4.1 */
const noticeOfDisconnection = '1.3.6.1.4.1.1466.20036'

/** Speaks LDAP over a socket that stands already. */
export function createConnection(socket: Socket | TLSSocket): LdapConnection {
  let isOpen = true
  const requests = new Requests()
  let outgoing: Buffer[] = []
  const listeners: (() => void)[] = []

  /** Whatever is under way fails with this. */
  function end(failure: LdapFailure): void {
    if (!isOpen) return
    isOpen = false
    deadlines.stop()
    framer.stop()
    requests.fail(failure)
    socket.destroy()
  }

  const deadlines = createDeadlines((now) => {
    const next = requests.expire(now)
    if (next === undefined) end(lost())
    return next ?? Infinity
  })

  const framer = new Framer((bytes, from, to) => {
    const response = decodeResponse(bytes, from, to)
    // RFC 4511 §4.4: of the unsolicited notifications only this one is known here, and others are to be ignored.
    if (response.messageId !== 0 || response.tag !== responseTags.extended) requests.answer(response, to - from)
    else if (response.name === noticeOfDisconnection) end(lost())
  })

  socket.on('data', (chunk: Buffer) => {
    try {
      framer.push(chunk)
    } catch (error) {
      end(malformedAnswer(error))
    }
  })
  socket.once('close', () => {
    end(lost())
    for (const listener of listeners) listener()
  })

  /** Searches that are started in one turn of the event loop leave in one write. */
  function sendSoon(message: Buffer): void {
    if (outgoing.push(message) === 1) setImmediate(sendGathered)
  }
  function sendGathered(): void {
    const messages = outgoing
    outgoing = []
    if (isOpen) socket.write(messages.length === 1 ? (messages[0] ?? '') : Buffer.concat(messages))
  }

  return {
    get isOpen() {
      return isOpen
    },
    get lastAnswerAt() {
      return requests.lastAnswerAt
    },
    bind: (dn, password, timeoutMs) =>
      new Promise((resolve, reject) => {
        const problem = bindProblem(dn, password)
        if (problem !== undefined) throw new LdapFailure('misconfigured', problem)
        if (!isOpen) throw lost()
        const messageId = requests.nextId()
        deadlines.watch(requests.add(messageId, { kind: 'bind', timeoutMs, resolve, reject }))
        socket.write(encodeBind(messageId, dn, password))
      }),
    search: (search, username, timeoutMs) =>
      new Promise((resolve, reject) => {
        if (!isOpen) throw lost()
        const { sizeLimit } = search
        const messageId = requests.nextId()
        deadlines.watch(requests.add(messageId, { kind: 'search', sizeLimit, timeoutMs, resolve, reject }))
        sendSoon(encodeSearch(messageId, search, username))
      }),
    page: (search, pageSize, cookie, timeoutMs) =>
      new Promise((resolve, reject) => {
        if (!isOpen) throw lost()
        const messageId = requests.nextId()
        deadlines.watch(requests.add(messageId, { kind: 'page', timeoutMs, resolve, reject }))
        sendSoon(encodeSearch(messageId, search, '', pagedResultsControls(pageSize, cookie)))
      }),
    onClosed: (listener) => void listeners.push(listener),
    destroy: () => {
      // RFC 4511 §4.3: who leaves says so; but whoever owes an answer, or leaves octets unread, is not waited for.
      const isQuiet = requests.size === 0 && socket.writableLength === 0
      if (isOpen && isQuiet && socket.writable) socket.write(encodeUnbind(requests.nextId()))
      end(lost())
    },
  }
}

/** Why this is never sent. */
function bindProblem(dn: string, password: string): string | undefined {
  // RFC 4513 §5.1.2: a DN with an empty password succeeds as nobody.
  if ((password === '') !== (dn === '')) return 'A bind needs both a name and a password, or neither.'
  // A DN has a “=”, a login name of Active Directory a “@” or a “\”.
  if (dn !== '' && !/[=@\\]/.test(dn)) return 'A bind needs a DN.'
  return undefined
}

function lost(): LdapFailure {
  return new LdapFailure('server-down', 'The connection was lost before the server answered.')
}

/** The failure that a message means which is no LDAP. */
function malformedAnswer(cause: unknown): LdapFailure {
  const reason = cause instanceof MalformedBer ? ` (${cause.message})` : ''
  const message = `The server’s answer is not valid LDAP${reason}: is this the LDAP port?`
  return new LdapFailure('server-down', message, { cause, wasAnswered: true })
}
