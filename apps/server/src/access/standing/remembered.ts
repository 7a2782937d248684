/**
 * Caching rules: a second factor that was given a short while ago counts again, for the same person with the same password, and where
 * the rule says so through the same client or from the same address.
 *
 * Attacks that were thought of, and what stands against each:
 * - somebody else's factor: the user is part of every key;
 * - a thief who had the password changed: a mark of the password is part of the key. Where the password itself does not come with the
 *   request (CHAP, MS-CHAP, EAP, the target's own question), nothing is remembered or recalled;
 * - a factor that lives for ever by being used: only a real second factor is remembered, never a recalled one, a bypass or a trusted network;
 * - an address that somebody on the way wrote into the request: addresses count in signed requests alone;
 * - a rule that was changed, switched off or removed: its id and its version are part of the key;
 * - a user who was blocked, disabled or reported fraud: what is remembered of them is forgotten, in memory and in the database;
 * - a weaker factor than the rule names: the rule's methods are compared with the factor that was really given.
 */
import type { EngineCacheRule, JournalRecord } from '@sallyport/store/engine'

import type { Context } from '../context.ts'
import type { Tools } from '../tools.ts'
import { fact } from '../verdict.ts'
import { isSigned } from './origin.ts'
import type { Control, KnownContext, StandingTools } from './control.ts'

export const remembered: Control = (context, tools) => {
  const { cacheRules } = tools.standing()
  if (cacheRules.length === 0) return null
  const mark = markFor(context, tools)
  if (mark === null) return null
  for (const rule of cacheRules) {
    if (!fitsClient(rule, context)) continue
    if (rule.seconds === 0) return null
    const key = keyOf(rule, { ...context, passwordMark: mark })
    const expiresAtMs = key === null ? null : tools.passes.expiryOf(key, context.nowMs)
    if (expiresAtMs === null) continue
    return {
      kind: 'admit',
      reason: 'password-and-cache',
      facts: [fact('remembered', `by ${rule.scope}, until ${new Date(expiresAtMs).toISOString()}`)],
    }
  }
  return null
}

/** What tells this password from another one of the same user; null where there is nothing to tell, or nobody asks. */
export function markFor(
  { user, method, password, relay, passwordProven }: KnownContext,
  { standing, passwordMark }: Pick<StandingTools, 'standing' | 'passwordMark'>,
): string | null {
  if (!passwordProven || method !== 'pap' || relay !== null || password === '') return null
  return standing().cacheRules.length === 0 ? null : passwordMark(user.id, password)
}

/** What is to be remembered of a sign-in that a real second factor has let in; in the group of its event. */
export function remember(
  context: Context,
  { standing, passes }: Pick<Tools, 'standing' | 'passes'>,
): readonly JournalRecord[] {
  const { user, factor, nowMs, granted } = context
  if (!user || factor === null || (granted !== 'password-and-code' && granted !== 'password-and-approval')) return []
  const rule = standing().cacheRules.find(
    (each) => fitsClient(each, context) && (each.seconds === 0 || each.methods.includes(factor)),
  )
  const key = !rule || rule.seconds === 0 ? null : keyOf(rule, context)
  if (!rule || key === null) return []
  const pass = { key, userId: user.id, expiresAtMs: nowMs + rule.seconds * 1_000 }
  passes.remember(pass)
  return [{ kind: 'factor-remembered', pass, atMs: nowMs }]
}

function fitsClient({ clientId }: EngineCacheRule, { request }: Pick<Context, 'request'>): boolean {
  return clientId === null || clientId === request.client.id
}

/** Everything that must be equal; null where something of it is not known or not to be believed. */
function keyOf(
  { id, version, scope }: EngineCacheRule,
  { user, passwordMark, request, callingStation }: Context,
): string | null {
  if (!user || passwordMark === null) return null
  const parts = [id, String(version), user.id, passwordMark]
  switch (scope) {
    case 'user':
      return parts.join('|')
    case 'application':
      return [...parts, request.client.id].join('|')
    case 'address':
      return callingStation === null || !isSigned(request) ? null : [...parts, callingStation].join('|')
  }
}
