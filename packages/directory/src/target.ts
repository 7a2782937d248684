/** Checks passwords against a directory: finds the user, binds as the user, and goes on to the next server where one fails. */
import { type LdapConfiguration } from './configuration.ts'
import { createTrust } from './authorities.ts'
import { asFailure, LdapFailure, type FailureKind } from './failure.ts'
import { groupAttribute, groupsOf } from './groups.ts'
import { type ServerHealth } from './health.ts'
import { judgeUserBind, type BindOutcome } from './outcomes.ts'
import { createServer, type Server } from './server.ts'
import { fillTemplate } from './templates.ts'
import { parseLdapUrl } from './url.ts'

export interface LdapTargetOptions {
  /** Milliseconds since the epoch, for health and back-off; `Date.now` unless told. */
  readonly clock?: () => number
  /** Connections a server for binds, one bind at a time each (32). */
  readonly bindConnections?: number
  /** Connections a server for searches, many at a time each (2). */
  readonly queryConnections?: number
  /** How long a server that failed is left alone at first (5,000 ms), and at most (30,000 ms). */
  readonly firstBackOffMs?: number
  readonly longestBackOffMs?: number
}

export interface AuthenticateOptions {
  /** Ends the wait: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** Milliseconds from now for all servers together; unless told, what the configuration's limits add up to. */
  readonly deadlineMs?: number
  /** The DN that this user had the last time: it is bound at once, and searched for again only if no such entry exists. */
  readonly knownDn?: string
}

export interface LdapTarget {
  /** Checks a password; every end is a value. Rejects only when the signal aborts. */
  authenticate(username: string, password: string, options?: AuthenticateOptions): Promise<BindOutcome>
  /** Looks a user up, and checks nothing: `ok` with their DN and attributes, or what stands against it. Searches only. */
  find(username: string, options?: Pick<AuthenticateOptions, 'deadlineMs'>): Promise<BindOutcome>
  /**
   * All groups of a user whom a search for `groupAttributes` found, those by way of other groups too: the same outcome with
   * their DNs in the place of `memberOf`; or what stands against it. A user whom no search found comes back as they are.
   */
  withGroups(found: FoundOutcome, options?: Pick<AuthenticateOptions, 'deadlineMs'>): Promise<BindOutcome>
  /** The servers in their order. */
  health(): ServerHealth[]
  /** Closes every connection; sign-ins under way end with `server-down`. */
  close(): Promise<void>
}

type FoundOutcome = Extract<BindOutcome, { readonly kind: 'ok' }>
type Work = (server: Server, deadlineAt: number) => Promise<BindOutcome>

interface SignIn {
  readonly username: string
  readonly password: string
  readonly knownDn: string | undefined
}

/** Where several servers failed differently, the one that an administrator has to act on names the outcome. */
const telling: readonly FailureKind[] = ['misconfigured', 'tls-refused', 'query-bind-refused', 'timeout', 'server-down']
const longestUsername = 512

/**
 * Makes a target from a configuration that `validateLdapConfiguration` found no fault with.
 * @throws Error where a server's URL cannot be read, the filter is none or the CA is no PEM
 */
export function createLdapTarget(configuration: LdapConfiguration, options: LdapTargetOptions = {}): LdapTarget {
  const now = options.clock ?? Date.now
  const trust = configuration.tls === 'none' ? undefined : createTrust(configuration.caPem)
  const servers = configuration.servers.map(({ url }) => {
    const address = parseLdapUrl(url)
    if ('problem' in address) throw new Error(address.problem)
    return createServer({
      configuration,
      address,
      trust,
      now,
      bindConnections: options.bindConnections ?? 32,
      queryConnections: options.queryConnections ?? 2,
      firstBackOffMs: options.firstBackOffMs ?? 5_000,
      longestBackOffMs: options.longestBackOffMs ?? 30_000,
    })
  })
  const { connectTimeoutMs, operationTimeoutMs } = configuration
  const usualDeadlineMs = servers.length * (connectTimeoutMs + 2 * operationTimeoutMs)

  async function ask(work: Work, deadlineAt: number): Promise<BindOutcome> {
    const attempts: { server: string; problem: string; kind: FailureKind }[] = []
    const available = servers.filter(({ health }) => health.isAvailable())
    // With nobody left to ask, those that were down are asked all the same: one may have come back.
    const order = available.length > 0 ? available : servers
    let unasked = order.length
    for (const server of order) {
      const now = Date.now()
      if (now >= deadlineAt) break
      try {
        // Each server gets its share, so that a silent one leaves time for those after it.
        return await work(server, now + (deadlineAt - now) / unasked--)
      } catch (error) {
        const failure = asFailure(error)
        attempts.push({ server: server.url, problem: failure.message, kind: failure.code })
      }
    }
    const kind = telling.find((candidate) => attempts.some((attempt) => attempt.kind === candidate)) ?? 'timeout'
    return { kind, attempts: attempts.map(({ server, problem }) => ({ server, problem })) }
  }

  return {
    authenticate: (username, password, { signal, deadlineMs = usualDeadlineMs, knownDn } = {}) => {
      const refusal = refuseUnasked(username, password)
      if (refusal) return Promise.resolve(refusal)
      const known = knownDn === '' ? undefined : knownDn
      const signIn = { username, password, knownDn: known }
      const work: Work = (server, deadlineAt) => askServer(configuration, server, signIn, deadlineAt)
      if (!signal) return ask(work, Date.now() + deadlineMs)
      return abortable(() => ask(work, Date.now() + deadlineMs), signal)
    },
    find: (username, { deadlineMs = usualDeadlineMs } = {}) => {
      const refusal = refuseName(username)
      if (refusal) return Promise.resolve(refusal)
      return ask((server, deadlineAt) => findOne(configuration, server, username, deadlineAt), Date.now() + deadlineMs)
    },
    withGroups: (found, { deadlineMs = usualDeadlineMs } = {}) => {
      const { dn, attributes } = found
      if (!attributes) return Promise.resolve(found)
      const work: Work = async (server, deadlineAt) => {
        const groups = await groupsOf({ dn, attributes }, configuration.baseDn, (search, name) =>
          server.search(search, name, deadlineAt),
        )
        return { ...found, attributes: { ...attributes, [groupAttribute]: groups } }
      }
      return ask(work, Date.now() + deadlineMs)
    },
    health: () => servers.map(({ url, health }) => ({ server: url, ...health.state() })),
    close: () => {
      for (const server of servers) server.close()
      return Promise.resolve()
    },
  }
}

/** What no server needs to be asked about. */
function refuseUnasked(username: string, password: string): BindOutcome | undefined {
  // RFC 4513 §5.1.2: a bind with a DN and an empty password succeeds on many servers, as nobody. It is never sent.
  if (password === '') return { kind: 'wrong-password', server: '', detail: 'The password is empty.' }
  return refuseName(username)
}

function refuseName(username: string): BindOutcome | undefined {
  if (username === '') return { kind: 'unknown-user', server: '', detail: 'The user name is empty.' }
  if (username.length > longestUsername) {
    return { kind: 'unknown-user', server: '', detail: `The user name is longer than ${longestUsername} characters.` }
  }
  return undefined
}

/** @throws LdapFailure */
async function askServer(
  configuration: LdapConfiguration,
  server: Server,
  { username, password, knownDn }: SignIn,
  deadlineAt: number,
): Promise<BindOutcome> {
  if (knownDn !== undefined) {
    const verdict = judgeUserBind(await server.bind(knownDn, password, deadlineAt))
    if (verdict.kind === 'ok') return { kind: 'ok', dn: knownDn, server: server.url }
    const isGone = verdict.kind === 'no-such-entry' || verdict.kind === 'unknown-user'
    // A wrong password is not tried again at another DN: it would count twice against the user. Many servers say
    // “wrong password” of an entry that has moved, too: so the caller forgets the DN, and the next sign-in searches.
    if (!isGone && verdict.kind === 'wrong-password') {
      return { kind: 'wrong-password', server: server.url, detail: verdict.detail, forgetKnownDn: true }
    }
    if (!isGone) return { kind: verdict.kind, server: server.url, detail: verdict.detail }
  }

  const found = await findOne(configuration, server, username, deadlineAt)
  return found.kind === 'ok' ? bindAs(server, found, password, deadlineAt) : found
}

/** @throws LdapFailure */
async function findOne(
  configuration: LdapConfiguration,
  server: Server,
  username: string,
  deadlineAt: number,
): Promise<BindOutcome> {
  const { userLookup } = configuration
  if (userLookup.kind === 'template') {
    const dn = fillTemplate(userLookup.dn, username)
    if (dn === undefined) return { kind: 'unknown-user', server: '', detail: 'No user name looks like this.' }
    return { kind: 'ok', server: server.url, dn }
  }
  const [user, ...others] = await server.findUsers(username, deadlineAt)
  if (!user) return { kind: 'unknown-user', server: server.url, detail: 'The search found nobody of this name.' }
  if (others.length > 0) {
    const detail = `The search found several entries, such as ${user.dn} and ${others[0]?.dn ?? ''}.`
    return { kind: 'ambiguous-user', server: server.url, detail }
  }
  return { kind: 'ok', server: server.url, ...user }
}

async function bindAs(
  server: Server,
  user: Extract<BindOutcome, { readonly kind: 'ok' }>,
  password: string,
  deadlineAt: number,
): Promise<BindOutcome> {
  const verdict = judgeUserBind(await server.bind(user.dn, password, deadlineAt))
  if (verdict.kind === 'ok') return user
  const kind = verdict.kind === 'no-such-entry' ? 'unknown-user' : verdict.kind
  return { kind, server: server.url, detail: verdict.detail }
}

async function abortable<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  let onAbort: (() => void) | undefined
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () =>
      reject(signal.reason instanceof Error ? signal.reason : new LdapFailure('timeout', 'The wait was ended.'))
    signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([work(), aborted])
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort)
  }
}
