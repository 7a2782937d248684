/** A one-time bypass: used up here, and written down in the group of the sign-in that it lets in, so that nobody gets two. */
import { fact } from '../verdict.ts'
import type { Control } from './control.ts'

export const bypass: Control = ({ user, nowMs, signInId }, { users }) => {
  const open = user.bypasses.filter(({ expiresAtMs }) => expiresAtMs > nowMs)
  const first = open.reduce<(typeof open)[number] | undefined>(
    (soonest, each) => (soonest && soonest.expiresAtMs <= each.expiresAtMs ? soonest : each),
    undefined,
  )
  if (!first) return null
  return {
    kind: 'admit',
    reason: 'password-and-bypass',
    facts: [fact('bypass', `until ${new Date(first.expiresAtMs).toISOString()}`)],
    take: () =>
      users.spendBypass(user.id, first.id)
        ? [{ kind: 'bypass-used', bypassId: first.id, signInId, atMs: nowMs }]
        : null,
  }
}
