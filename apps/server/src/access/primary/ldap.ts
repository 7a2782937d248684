/** LDAP bind as a target: finds the user in the directory and binds as them. A known user's DN is remembered for a while. */
import {
  createLdapTarget,
  groupAttribute,
  groupAttributes,
  type BindOutcome,
  type LdapTarget,
} from '@sallyport/directory'
import { usernameKey, type LdapSettings } from '@sallyport/store/engine'

import { toConfiguration } from '../../ldap/to-configuration.ts'
import type { PrimaryOutcome, PrimaryTarget } from '../primary-target.ts'

interface KnownUser {
  readonly dn: string
  readonly names: readonly string[]
  readonly groups: readonly string[]
  readonly untilMs: number
}

/** A moved or renamed person is found again after this long at the latest. */
const rememberMs = 5 * 60_000
const rememberAtMost = 100_000

/**
 * Makes the target from what the console saved; `clock` in ms since 1970.
 * @param withGroups whether people's groups are read as well: the search asks for them, a template of DNs cannot
 */
export function createLdapPrimary(settings: LdapSettings, clock: () => number, withGroups = false): PrimaryTarget {
  const nameAttributes = namesIn(settings)
  const wanted = withGroups ? [...nameAttributes, ...groupAttributes] : nameAttributes
  const target: LdapTarget = createLdapTarget(toConfiguration(settings, wanted))
  const known = new Map<string, KnownUser>()

  function remember(key: string, user: KnownUser): void {
    known.delete(key)
    if (known.size >= rememberAtMost) {
      const oldest = known.keys().next()
      if (!oldest.done) known.delete(oldest.value)
    }
    known.set(key, user)
  }

  return {
    kind: 'ldap',
    // A bind needs the password itself: CHAP and MS-CHAP do not send it, EAP is only ever forwarded.
    methods: ['pap'],
    async check({ username, password, deadlineMs }) {
      const key = usernameKey(username)
      const now = clock()
      const before = known.get(key)
      const usable = before && before.untilMs > now ? before : undefined
      const bound = await target.authenticate(username, password, {
        deadlineMs: Math.max(1, deadlineMs - now),
        ...(usable ? { knownDn: usable.dn } : {}),
      })
      // Whoever's groups cannot be told is not let in without what their groups' rules say.
      const outcome =
        withGroups && bound.kind === 'ok'
          ? await target.withGroups(bound, { deadlineMs: Math.max(1, deadlineMs - clock()) })
          : bound
      if (outcome.kind === 'ok') {
        const kept = usable?.dn === outcome.dn && !outcome.attributes ? usable : undefined
        const names = kept?.names ?? valuesOf(outcome, nameAttributes)
        const groups = kept?.groups ?? (withGroups ? valuesOf(outcome, [groupAttribute]) : [])
        if (usable?.dn !== outcome.dn) remember(key, { dn: outcome.dn, names, groups, untilMs: now + rememberMs })
        return { kind: 'ok', server: outcome.server, names, groups, detail: outcome.dn }
      }
      if ('forgetKnownDn' in outcome) known.delete(key)
      return refused(outcome)
    },
    health: () =>
      target.health().map(({ server, state, since, problem }) => ({
        server,
        state,
        sinceMs: since ?? null,
        problem: problem ?? null,
      })),
    close: () => target.close(),
  }
}

/** The attributes that the filter compares the typed name with: what they hold is what the directory calls the user. */
function namesIn({ userLookup }: LdapSettings): string[] {
  if (userLookup.kind === 'template') return []
  const compared = userLookup.filter.matchAll(/\(\s*([A-Za-z][A-Za-z0-9;-]*)\s*~?=\s*\{username\}\s*\)/g)
  return [...new Set([...compared].map((match) => match[1] ?? ''))]
}

function valuesOf(outcome: Extract<BindOutcome, { kind: 'ok' }>, attributes: readonly string[]): string[] {
  return attributes.flatMap((name) => outcome.attributes?.[name] ?? [])
}

function refused(outcome: Exclude<BindOutcome, { kind: 'ok' }>): PrimaryOutcome {
  if ('server' in outcome) return { kind: outcome.kind, server: outcome.server, detail: outcome.detail ?? '' }
  const detail = outcome.attempts.map(({ server, problem }) => `${server}: ${problem}`).join(' ')
  const kind = outcome.kind === 'misconfigured' || outcome.kind === 'query-bind-refused' ? 'misconfigured' : 'down'
  return { kind, detail }
}
