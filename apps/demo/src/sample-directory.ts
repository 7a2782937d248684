/** The sample site's LDAP directory: a server on loopback that people can be searched in and bound to, and nothing else. */
import { timingSafeEqual } from 'node:crypto'
import type { Socket } from 'node:net'

import ldap from 'ldapjs'

import type { SamplePerson } from './sample-people.ts'

const suffix = 'dc=example,dc=com'
const base = `ou=people,${suffix}`
const queryDn = `cn=sallyport,${suffix}`

export interface SampleDirectory {
  /** `ldap://127.0.0.1:…` */
  readonly url: string
  readonly baseDn: string
  /** The account that may search. */
  readonly query: { readonly dn: string; readonly password: string }
  /** Ends it, with the connections that are still open. */
  close(): Promise<void>
}

interface Entry {
  readonly dn: string
  readonly attributes: Readonly<Record<string, readonly string[]>>
  readonly password?: string
}

// What this file reads of ldapjs's requests and responses, which its types leave open.
interface Request {
  readonly connection: Socket & { readonly ldap: { readonly bindDN: { toString(): string } } }
  readonly dn: { toString(): string }
}
interface BindRequest extends Request {
  readonly credentials: string
}
interface SearchRequest extends Request {
  /** RFC 4511 §4.5.1.2: 0 the entry itself, 1 those right below it, 2 all below it and itself. */
  readonly scope: number
  readonly sizeLimit: number
  readonly filter: { toString(): string }
}
interface Response {
  end(): void
  send(entry: { dn: string; attributes: Record<string, string[]> }): void
}
type Next = (error?: unknown) => void

// ldapjs drops the connection of a client that sends the password policy control as a request, which has no value. A
// server that knows no policies ignores the control (RFC 4511 §4.1.11): under a name that no client sends, so does ldapjs.
const controls = ldap as unknown as { readonly PasswordPolicyControl: { OID: string } }
controls.PasswordPolicyControl.OID = 'not known here'

/** Starts the directory on a port of 127.0.0.1 that the system picks. */
export async function startSampleDirectory(
  people: readonly SamplePerson[],
  queryPassword: string,
): Promise<SampleDirectory> {
  const entries = createEntries(people, queryPassword)
  const sockets = new Set<Socket>()
  const server = ldap.createServer()

  server.bind(suffix, ({ connection, dn, credentials }: BindRequest, response: Response, next: Next) => {
    sockets.add(connection)
    const entry = entries.find((candidate) => candidate.dn === canonical(dn))
    // RFC 4513 §5.1.2: an empty password is no proof of anything.
    if (credentials === '' || entry?.password === undefined || !isSame(credentials, entry.password)) {
      next(new ldap.InvalidCredentialsError())
      return
    }
    response.end()
    next()
  })

  server.search(suffix, (request: SearchRequest, response: Response, next: Next) => {
    sockets.add(request.connection)
    if (canonical(request.connection.ldap.bindDN) !== queryDn) {
      next(new ldap.InsufficientAccessRightsError('Only the query account may search.'))
      return
    }
    const from = canonical(request.dn)
    if (!entries.some(({ dn }) => dn === from)) {
      next(new ldap.NoSuchObjectError(from))
      return
    }
    const filter = ldap.parseFilter(request.filter.toString().toLowerCase())
    const found = entries.filter((entry) => isWithin(entry.dn, from, request.scope) && filter.matches(folded(entry)))
    const limit = request.sizeLimit === 0 ? found.length : request.sizeLimit
    for (const { dn, attributes } of found.slice(0, limit)) response.send({ dn, attributes: copyOf(attributes) })
    if (found.length > limit) {
      next(new ldap.SizeLimitExceededError())
      return
    }
    response.end()
    next()
  })

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
  // What a client gets wrong ends its connection, never the demonstration.
  server.on('error', () => undefined)

  return {
    url: server.url,
    baseDn: base,
    query: { dn: queryDn, password: queryPassword },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

function createEntries(people: readonly SamplePerson[], queryPassword: string): readonly Entry[] {
  return [
    { dn: suffix, attributes: { objectclass: ['domain'], dc: ['example'] } },
    { dn: base, attributes: { objectclass: ['organizationalUnit'], ou: ['people'] } },
    {
      dn: queryDn,
      attributes: { objectclass: ['applicationProcess'], cn: ['sallyport'] },
      password: queryPassword,
    },
    ...people.map(({ username, firstName, lastName, email, password }) => ({
      dn: `uid=${username},${base}`,
      attributes: {
        objectclass: ['inetOrgPerson'],
        uid: [username],
        cn: [`${firstName} ${lastName}`],
        givenname: [firstName],
        sn: [lastName],
        mail: [email],
      },
      password,
    })),
  ]
}

function canonical(dn: { toString(): string }): string {
  return dn.toString().toLowerCase()
}

function isWithin(dn: string, from: string, scope: number): boolean {
  if (dn === from) return scope !== 1
  if (!dn.endsWith(`,${from}`)) return false
  return scope === 2 || (scope === 1 && !dn.slice(0, -from.length - 1).includes(','))
}

/** Values in lower case, as the filter is: directories match names without regard to case (RFC 4519 §2). */
function folded({ attributes }: Entry): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, values]) => [name, values.map((value) => value.toLowerCase())]),
  )
}

/** ldapjs takes attributes out of the object that it is handed. */
function copyOf(attributes: Entry['attributes']): Record<string, string[]> {
  return Object.fromEntries(Object.entries(attributes).map(([name, values]) => [name, [...values]]))
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
