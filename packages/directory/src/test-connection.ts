/** Tries a configuration step by step against every server, and says in plain words what works and what to mend. */
import { type PeerCertificate, TLSSocket } from 'node:tls'

import { createTrust } from './authorities.ts'
import { type LdapConfiguration } from './configuration.ts'
import { createConnection, type LdapConnection } from './connection.ts'
import { asFailure, LdapFailure } from './failure.ts'
import { judgeUserBind } from './outcomes.ts'
import { bindForQueries } from './query-bind.ts'
import { type RefusalKind } from './refusals.ts'
import { openSocket } from './socket.ts'
import { fillTemplate } from './templates.ts'
import { parseLdapUrl, type LdapAddress } from './url.ts'
import { prepareUserSearch, usersAmong } from './user-search.ts'
import { validateLdapConfiguration } from './validate.ts'
import { prepareSearch } from './wire/encode.ts'
import { parseFilter } from './wire/filter.ts'

/** One step of a test at one server. */
export interface TestStep {
  readonly server: string
  readonly step: 'connect' | 'tls' | 'query-bind' | 'base' | 'find-user' | 'user-bind'
  readonly ok: boolean
  /** A sentence for the administrator: what was seen, or what is wrong and how to mend it. */
  readonly message: string
  readonly durationMs: number
}

/** Somebody to sign in with for the test; neither is kept, logged or repeated in a message. */
export interface TestCredentials {
  readonly username: string
  readonly password: string
}

type StepName = TestStep['step']

/**
 * Tries every server: connection, TLS and its certificate, the query account, the base DN, and, with credentials, a
 * sign-in. A server's steps end at its first failure. Each step takes at most the configuration's limits.
 * @returns the steps in order, server by server; a configuration with faults gives one failed step a fault
 */
export async function testLdapConfiguration(
  configuration: LdapConfiguration,
  credentials?: TestCredentials,
): Promise<TestStep[]> {
  const faults = validateLdapConfiguration(configuration)
  if (faults.length > 0) {
    const first = configuration.servers[0]?.url ?? ''
    return faults.map(({ path, message }) => {
      const index = /^servers\.(\d+)/.exec(path)?.[1]
      const server = index === undefined ? first : (configuration.servers[Number(index)]?.url ?? first)
      return { server, step: 'connect', ok: false, message, durationMs: 0 }
    })
  }
  const runs = configuration.servers.map(({ url }) => {
    const address = parseLdapUrl(url)
    if ('problem' in address) throw new Error(address.problem)
    return testServer(configuration, address, credentials)
  })
  return (await Promise.all(runs)).flat()
}

async function testServer(
  configuration: LdapConfiguration,
  address: LdapAddress,
  credentials: TestCredentials | undefined,
): Promise<TestStep[]> {
  const steps: TestStep[] = []
  let step: StepName = 'connect'
  let startedAt = performance.now()
  let connection: LdapConnection | undefined
  const record = (ok: boolean, message: string) => {
    const durationMs = Math.round(performance.now() - startedAt)
    steps.push({ server: address.url, step, ok, message, durationMs })
    startedAt = performance.now()
  }
  const enter = (next: StepName) => {
    step = next
    startedAt = performance.now()
  }
  try {
    const { tls, operationTimeoutMs } = configuration
    const trust = tls === 'none' ? undefined : createTrust(configuration.caPem)
    const socket = await openSocket({
      address,
      tls,
      trust,
      timeoutMs: configuration.connectTimeoutMs,
      onConnected: () => {
        record(true, `Connected to ${address.host}, port ${address.port}.`)
        if (tls !== 'none') enter('tls')
      },
    })
    if (socket instanceof TLSSocket) record(true, describeCertificate(socket))
    connection = createConnection(socket)

    if (configuration.userLookup.kind === 'search') {
      enter('query-bind')
      record(true, await bindQueryAccount(configuration, connection))
      enter('base')
      record(true, await lookAtBase(configuration, connection))
    }
    if (!credentials) return steps
    const dn = await findUser(configuration, connection, credentials.username, enter, record)
    if (dn === undefined) return steps
    enter('user-bind')
    if (credentials.password === '') record(false, 'Enter the user’s password: an empty one is never sent.')
    else {
      const verdict = judgeUserBind(await connection.bind(dn, credentials.password, operationTimeoutMs))
      if (verdict.kind === 'ok') record(true, `${dn} signed in.`)
      else record(false, verdict.kind === 'no-such-entry' ? `The server has no entry ${dn}.` : refusals[verdict.kind])
    }
  } catch (error) {
    record(false, asFailure(error).message)
  } finally {
    connection?.destroy()
  }
  return steps
}

const refusals: Readonly<Record<RefusalKind, string>> = {
  'wrong-password': 'The server found the user and refused the password.',
  'unknown-user': 'The server does not know this user.',
  'ambiguous-user': 'Several entries match this user name.',
  'password-expired': 'The password is right or was, but it has expired: the user has to change it.',
  'must-change': 'The password was reset: the user has to change it before signing in.',
  'account-locked': 'The account is locked: unlock it in the directory.',
  'account-disabled': 'The account is disabled, has expired, or may not sign in now.',
}

function describeCertificate(socket: TLSSocket): string {
  const certificate: PeerCertificate = socket.getPeerCertificate()
  const protocol = socket.getProtocol() ?? 'TLS'
  const until = new Date(certificate.valid_to).toISOString().slice(0, 10)
  return `${protocol}: certificate of ${nameOf(certificate.subject)}, issued by ${nameOf(certificate.issuer)}, valid until ${until}.`
}

function nameOf(name: PeerCertificate['subject']): string {
  const { CN, O } = name as Partial<Record<'CN' | 'O', string | string[]>>
  const text = CN ?? O ?? 'no name'
  return typeof text === 'string' ? text : text.join(', ')
}

async function bindQueryAccount(configuration: LdapConfiguration, connection: LdapConnection): Promise<string> {
  const { queryBind, operationTimeoutMs } = configuration
  await bindForQueries(connection, queryBind, operationTimeoutMs)
  return queryBind.kind === 'simple'
    ? `The query account ${queryBind.dn} signed in.`
    : 'The server accepts anonymous queries.'
}

/** How many users a look below the base DN counts at most. */
const sampleSize = 100

async function lookAtBase(configuration: LdapConfiguration, connection: LdapConnection): Promise<string> {
  const { baseDn, userLookup, sizeLimit, operationTimeoutMs } = configuration
  const look = (scope: 'base' | 'sub', text: string, limit: number) => {
    const filter = parseFilter(text, { anybody: true })
    if (!filter) throw new LdapFailure('misconfigured', 'The filter is no LDAP filter.')
    const search = prepareSearch({ baseDn, scope, filter, attributes: ['1.1'], sizeLimit: limit })
    return connection.search(search, '', operationTimeoutMs)
  }
  // RFC 4512 §2.4.1: every entry has an object class.
  const [base] = await look('base', '(objectClass=*)', 1)
  if (!base) throw new LdapFailure('misconfigured', 'The query account may not see the base DN.')
  if (userLookup.kind !== 'search') return `The base DN ${baseDn} exists.`
  const limit = sizeLimit === 0 ? sampleSize : Math.min(sampleSize, sizeLimit)
  const users = await look('sub', userLookup.filter, limit)
  if (users.length === 0) {
    throw new LdapFailure(
      'misconfigured',
      'The base DN exists, but the filter matches nobody below it: check the base DN, the filter, and what the query account may read.',
    )
  }
  const count = users.length >= limit ? `${limit} or more` : String(users.length)
  return `The base DN exists; the filter matches ${count} ${users.length === 1 ? 'entry' : 'entries'} below it.`
}

/** The DN to bind; undefined where the step failed. */
async function findUser(
  configuration: LdapConfiguration,
  connection: LdapConnection,
  username: string,
  enter: (step: StepName) => void,
  record: (ok: boolean, message: string) => void,
): Promise<string | undefined> {
  enter('find-user')
  if (configuration.userLookup.kind === 'template') {
    const dn = fillTemplate(configuration.userLookup.dn, username)
    record(
      dn !== undefined,
      dn === undefined ? 'No user name looks like this.' : `The template makes ${dn} of this name.`,
    )
    return dn
  }
  const search = prepareUserSearch(configuration)
  const entries = search ? await connection.search(search, username, configuration.operationTimeoutMs) : []
  const [user, ...others] = usersAmong(entries)
  if (!user)
    record(false, 'Nobody below the base DN matches this user name: check the name, the filter and the base DN.')
  else if (others.length > 0)
    record(false, `Several entries match, such as ${user.dn} and ${others[0]?.dn ?? ''}: narrow the filter.`)
  else record(true, `Found ${user.dn}.`)
  return others.length === 0 ? user?.dn : undefined
}
