/**
 * A Windows domain as a target. PAP: the person is looked up with an account of the domain and bound with their own password, by
 * LDAP under TLS. MS-CHAPv2: looked up likewise, and the response checked by Samba's ntlm_auth. The directory's names decide who
 * somebody is to us, however they wrote theirs.
 */
import { createLdapTarget, type BindOutcome, type LdapTarget } from '@sallyport/directory'
import { challengeHash, mschapV2AcceptAttributes, proveMschapV2 } from '@sallyport/radius'
import { usernameKey, type WindowsDomainSettings } from '@sallyport/store/engine'

import { findControllers, toLdapConfiguration, type SrvResolver } from '../../windows-domain/controllers.ts'
import { nameAttributes, searchedNames } from '../../windows-domain/names.ts'
import type { NtlmAuth } from '../../windows-domain/ntlm-auth.ts'
import { readMschapQuestion } from '../mschap.ts'
import type { PrimaryOutcome, PrimaryQuestion, PrimaryTarget } from '../tools.ts'

export interface WindowsDomainNeeds {
  readonly settings: WindowsDomainSettings
  readonly resolver: SrvResolver
  readonly ntlmAuth: NtlmAuth
  /** Whether people's groups are read as well. */
  readonly withGroups: boolean
  /** Milliseconds since 1970. */
  readonly clock: () => number
}

type Unreachable = Extract<PrimaryOutcome, { readonly kind: 'down' | 'misconfigured' | 'overloaded' }>
type Found = Extract<BindOutcome, { readonly kind: 'ok' }>

interface KnownUser {
  readonly dn: string
  readonly accountName: string
  readonly names: readonly string[]
  readonly groups: readonly string[]
  readonly untilMs: number
}

const groupAttribute = 'memberOf'
/** A renamed or moved person is found again after this long at the latest. */
const rememberMs = 5 * 60_000
const rememberAtMost = 100_000
/** How long what DNS said holds; where nobody answers, or DNS said nothing, it is asked again sooner. */
const resolveEveryMs = 5 * 60_000
const resolveAgainMs = 10_000

export function createWindowsDomainPrimary({
  settings,
  resolver,
  ntlmAuth,
  withGroups,
  clock,
}: WindowsDomainNeeds): PrimaryTarget {
  const known = new Map<string, KnownUser>()
  let hosts: readonly string[] = []
  let target: LdapTarget | undefined
  let resolvedAtMs = -Infinity
  let resolving: Promise<void> | undefined
  let dnsProblem = 'The domain’s DNS was not asked yet.'

  async function resolve(): Promise<void> {
    try {
      const found = await findControllers(settings, resolver)
      if (found.join(' ') === hosts.join(' ') && target) return
      const before = target
      hosts = found
      target =
        found.length === 0
          ? undefined
          : createLdapTarget(toLdapConfiguration(settings, found, withGroups ? [groupAttribute] : []))
      dnsProblem = `DNS names no domain controller of ${settings.domain}.`
      await before?.close()
    } catch (error) {
      // What was known goes on being asked.
      const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
      dnsProblem = `DNS has no answer for the domain controllers of ${settings.domain} (${code}).`
    }
  }

  /** The controllers, asked for again where that is due. A named list is never asked for twice. */
  async function controllers(): Promise<LdapTarget | undefined> {
    const allDown = target !== undefined && target.health().every(({ state }) => state === 'down')
    const dueMs = target === undefined || allDown ? resolveAgainMs : resolveEveryMs
    const isDue = settings.controllers.length === 0 ? clock() >= resolvedAtMs + dueMs : target === undefined
    if (isDue && !resolving) {
      resolvedAtMs = clock()
      resolving = resolve().finally(() => (resolving = undefined))
    }
    // Nobody waits for DNS who can be served without it.
    if (target === undefined) await resolving
    return target
  }

  function remember(key: string, { dn, attributes }: Found): KnownUser {
    const names = nameAttributes.flatMap((name) => attributes?.[name] ?? [])
    const groups = attributes?.[groupAttribute] ?? []
    const user = {
      dn,
      accountName: attributes?.['sAMAccountName']?.[0] ?? '',
      names,
      groups,
      untilMs: clock() + rememberMs,
    }
    known.delete(key)
    if (known.size >= rememberAtMost) {
      const oldest = known.keys().next()
      if (!oldest.done) known.delete(oldest.value)
    }
    known.set(key, user)
    return user
  }

  /** Asks with each way to look for the name, until one of them is somebody. */
  async function ask(
    username: string,
    deadlineMs: number,
    act: (target: LdapTarget, name: string, leftMs: number) => Promise<BindOutcome>,
  ): Promise<BindOutcome | Unreachable> {
    const asked = await controllers()
    if (!asked) return { kind: 'down', detail: dnsProblem }
    let outcome: BindOutcome = { kind: 'unknown-user', server: '', detail: 'This is a name of another domain.' }
    for (const name of searchedNames(username, settings)) {
      outcome = await act(asked, name, Math.max(1, deadlineMs - clock()))
      if (outcome.kind !== 'unknown-user') return outcome
    }
    return outcome
  }

  function knownUser(key: string): KnownUser | undefined {
    const user = known.get(key)
    return user && user.untilMs > clock() ? user : undefined
  }

  async function checkPap({ username, password, deadlineMs }: PrimaryQuestion): Promise<PrimaryOutcome> {
    const key = usernameKey(username)
    const before = knownUser(key)
    const outcome = await ask(username, deadlineMs, (asked, name, leftMs) =>
      asked.authenticate(name, password, { deadlineMs: leftMs, ...(before ? { knownDn: before.dn } : {}) }),
    )
    if (outcome.kind !== 'ok') {
      if ('forgetKnownDn' in outcome) known.delete(key)
      return refused(outcome)
    }
    const { names, groups } = before?.dn === outcome.dn && !outcome.attributes ? before : remember(key, outcome)
    return { kind: 'ok', server: outcome.server, names, groups, detail: outcome.dn }
  }

  async function checkMschap(question: PrimaryQuestion): Promise<PrimaryOutcome> {
    const { username, request, deadlineMs } = question
    const asked = readMschapQuestion(request.packet)
    const server = 'ntlm_auth'
    if (asked.kind === 'mschap-v1' || asked.kind === 'mschap-malformed') return { kind: asked.kind, server, detail: '' }
    if (asked.kind === 'change') {
      return { kind: 'password-change-refused', server, detail: 'A domain’s password is changed in the domain.' }
    }
    const key = usernameKey(username)
    let user = knownUser(key)
    if (!user) {
      const found = await ask(username, deadlineMs, (ldap, name, leftMs) => ldap.find(name, { deadlineMs: leftMs }))
      if (found.kind !== 'ok') return refused(found)
      user = remember(key, found)
    }
    const { authenticatorChallenge, response } = asked
    const name = username.slice(username.indexOf('\\') + 1)
    const { kind, ...answer } = await ntlmAuth.check(
      {
        username: user.accountName,
        domain: settings.netbiosName,
        challenge: challengeHash(response.peerChallenge, authenticatorChallenge, name),
        ntResponse: response.ntResponse,
      },
      deadlineMs,
    )
    if (!('sessionKey' in answer)) {
      if (kind === 'unknown-user') known.delete(key)
      return kind === 'down'
        ? { kind, ...answer }
        : { kind: kind === 'ok' ? 'wrong-password' : kind, server, ...answer }
    }
    const passwordHashHash = answer.sessionKey
    const proof = proveMschapV2({ username, authenticatorChallenge, response, passwordHashHash })
    const attributes = mschapV2AcceptAttributes(proof, request.secret, request.packet.authenticator)
    return { kind: 'ok', server, names: user.names, groups: user.groups, detail: user.dn, attributes }
  }

  return {
    kind: 'windows-domain',
    methods: settings.mschapV2 ? ['pap', 'ms-chap'] : ['pap'],
    refusals: { chap: 'chap-not-possible', 'ms-chap': 'mschap-not-allowed' },
    check: (question) => (question.method === 'pap' ? checkPap(question) : checkMschap(question)),
    health: () => {
      const servers = target?.health() ?? []
      return servers.map(({ server, state, since, problem }) => ({
        server,
        state,
        sinceMs: since ?? null,
        problem: problem ?? null,
      }))
    },
    close: async () => {
      ntlmAuth.close()
      await resolving
      await target?.close()
    },
  }
}

function refused(outcome: Exclude<BindOutcome, Found> | Unreachable): PrimaryOutcome {
  if ('server' in outcome) return { kind: outcome.kind, server: outcome.server, detail: outcome.detail ?? '' }
  if (!('attempts' in outcome)) return outcome
  const detail = outcome.attempts.map(({ server, problem }) => `${server}: ${problem}`).join(' ')
  const kind = outcome.kind === 'misconfigured' || outcome.kind === 'query-bind-refused' ? 'misconfigured' : 'down'
  return { kind, detail }
}
