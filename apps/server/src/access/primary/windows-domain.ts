/**
 * A Windows domain as a target. PAP: the person is looked up with an account of the domain and bound with their own password, by
 * LDAP under TLS. MS-CHAPv2: looked up likewise, and the response checked by Samba's ntlm_auth. The directory's names decide who
 * somebody is to us, however they wrote theirs.
 */
import {
  createLdapTarget,
  groupAttribute,
  groupAttributes,
  type BindOutcome,
  type LdapTarget,
} from '@sallyport/directory'
import {
  challengeHash,
  mschapV2AcceptAttributes,
  proveMschapV2,
  type Attribute,
  type MschapV2Response,
} from '@sallyport/radius'
import { usernameKey, type EngineReader, type WindowsDomainSettings } from '@sallyport/store/engine'

import { findControllers, toLdapConfiguration, type SrvResolver } from '../../windows-domain/controllers.ts'
import { nameAttributes, searchedNames } from '../../windows-domain/names.ts'
import type { NtlmAuth } from '../../windows-domain/ntlm-auth.ts'
import type { NtlmChange } from '../../windows-domain/ntlm-change.ts'
import { readMschapQuestion } from '../mschap.ts'
import { fact } from '../verdict.ts'
import { changeQuestion, ProvenExpired, readWaitingChange, writeWaitingChange } from './domain-password-change.ts'
import type { ChangeQuestion, PrimaryOutcome, PrimaryQuestion, PrimaryTarget } from '../primary-target.ts'

export interface WindowsDomainNeeds {
  readonly settings: WindowsDomainSettings
  readonly resolver: SrvResolver
  readonly ntlmAuth: NtlmAuth
  readonly ntlmChange: NtlmChange
  readonly sealing: Pick<EngineReader, 'sealPasswordChange' | 'unsealPasswordChange'>
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

interface DomainExchange {
  readonly username: string
  readonly accountName: string
  readonly authenticatorChallenge: Uint8Array
  readonly response: MschapV2Response
}
type Proven = Exclude<PrimaryOutcome, { readonly kind: 'ok' | 'challenge' }> | ProvenOk
interface ProvenOk {
  readonly kind: 'ok'
  readonly attributes: readonly Attribute[]
}

const server = 'ntlm_auth'
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
  ntlmChange,
  sealing,
  withGroups,
  clock,
}: WindowsDomainNeeds): PrimaryTarget {
  const known = new Map<string, KnownUser>()
  const provenExpired = new ProvenExpired(clock)
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
          : createLdapTarget(toLdapConfiguration(settings, found, withGroups ? groupAttributes : []))
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
      if (outcome.kind === 'ok' && withGroups) {
        return asked.withGroups(outcome, { deadlineMs: Math.max(1, deadlineMs - clock()) })
      }
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
    if (asked.kind === 'mschap-v1' || asked.kind === 'mschap-malformed') return { kind: asked.kind, server, detail: '' }
    const key = usernameKey(username)
    let user = knownUser(key)
    if (!user) {
      const found = await ask(username, deadlineMs, (ldap, name, leftMs) => ldap.find(name, { deadlineMs: leftMs }))
      if (found.kind !== 'ok') return refused(found)
      user = remember(key, found)
    }
    const { accountName, dn, names, groups } = user
    const { authenticatorChallenge } = asked
    const found = { server, names, groups, detail: dn }
    if (asked.kind === 'change') {
      if (!provenExpired.take(request.client.id, key)) {
        const detail = 'Nobody has just proven the old password to this server, by being told that it is expired.'
        return { kind: 'password-change-refused', server, detail }
      }
      const waiting = writeWaitingChange({ accountName, authenticatorChallenge, response: asked.response })
      return { kind: 'ok', ...found, passwordChange: { sealed: sealing.sealPasswordChange(key, waiting) } }
    }
    const exchange = { username, accountName, authenticatorChallenge, response: asked.response }
    const proven = await prove(exchange, request, deadlineMs)
    if (proven.kind === 'unknown-user') known.delete(key)
    if (proven.kind === 'must-change' || proven.kind === 'password-expired') {
      provenExpired.note(request.client.id, key)
    }
    return proven.kind === 'ok' ? { ...found, ...proven } : proven
  }

  /** Has the domain check a response; what proves the domain, and the keys, hidden for this request. */
  async function prove(
    { username, accountName, authenticatorChallenge, response }: DomainExchange,
    { secret, packet }: Pick<PrimaryQuestion['request'], 'secret' | 'packet'>,
    deadlineMs: number,
  ): Promise<Proven> {
    const name = username.slice(username.indexOf('\\') + 1)
    const answer = await ntlmAuth.check(
      {
        username: accountName,
        domain: settings.netbiosName,
        challenge: challengeHash(response.peerChallenge, authenticatorChallenge, name),
        ntResponse: response.ntResponse,
      },
      deadlineMs,
    )
    if (answer.kind === 'down') return answer
    if (answer.kind !== 'ok') return { server, ...answer }
    const passwordHashHash = answer.sessionKey
    const proof = proveMschapV2({ username, authenticatorChallenge, response, passwordHashHash })
    return { kind: 'ok', attributes: mschapV2AcceptAttributes(proof, secret, packet.authenticator) }
  }

  async function completeChange({ change, username, request, deadlineMs }: ChangeQuestion) {
    const waiting = readWaitingChange(sealing.unsealPasswordChange(usernameKey(username), change.sealed))
    const changed = await ntlmChange(changeQuestion(waiting, settings.netbiosName), deadlineMs)
    if (changed.kind === 'down') return changed
    if (changed.kind !== 'ok') return { server, ...changed }
    // From here on the new password holds, whatever else becomes of the sign-in.
    const facts = [fact('password', 'changed in the domain')]
    const proven = await prove({ ...waiting, username }, request, deadlineMs)
    return proven.kind === 'ok'
      ? { ...proven, server, names: [], detail: '', facts }
      : { ...proven, facts: [...facts, ...(proven.facts ?? [])] }
  }

  return {
    kind: 'windows-domain',
    methods: settings.mschapV2 ? ['pap', 'ms-chap'] : ['pap'],
    refusals: { chap: 'chap-not-possible', 'ms-chap': 'mschap-not-allowed' },
    ...(settings.mschapV2 ? { completeChange } : {}),
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
