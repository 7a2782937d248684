/**
 * Stage 3, conversation: a State of ours resumes a challenge where it stopped, once, for its own client and user; and a
 * password that ends in a right code of the user's is taken apart (a code costs the password nothing).
 */
import { readAttribute } from '@sallyport/radius'
import { usernameKey } from '@sallyport/store/engine'
import type { EngineUser } from '@sallyport/store/engine'

import type { CodeInPassword, Context } from './context.ts'
import { matchCode } from './factor/oath.ts'
import { splitSelection, selectedBy } from './factor/typed-selection.ts'
import { isLocked } from './factor/lockout.ts'
import { release } from './held-attributes.ts'
import type { Tools } from './tools.ts'
import { fact, proceed, reject, type Step } from './verdict.ts'

type Needs = Pick<Tools, 'challenges' | 'users' | 'unsealToken' | 'codeGuesses'>

export function conversation(context: Context, tools: Needs): Step {
  const state = readAttribute(context.request.packet, 'State')
  return state === undefined ? begin(context, tools) : resume(context, tools, Buffer.from(state).toString('latin1'))
}

function resume(context: Context, tools: Needs, state: string): Step {
  const challenge = tools.challenges.find(state)
  if (!challenge) return reject('challenge-unknown', context)
  const { client } = context.request
  if (challenge.clientId !== client.id || challenge.usernameKey !== usernameKey(context.username)) {
    // Left where it is: whoever found somebody's State must not be able to spend it.
    return reject('challenge-of-another', context)
  }
  if (!tools.challenges.take(state)) return reject('challenge-unknown', context)
  const resumed: Context = {
    ...context,
    challenge,
    password: '',
    signInId: challenge.signInId,
    startedAtMs: challenge.startedAtMs,
    round: challenge.round + 1,
    acceptAttributes: release(challenge.held, context.request),
    passwordChange: challenge.passwordChange,
    groups: challenge.groups,
    passwordMark: challenge.passwordMark,
    records: [...context.records, { kind: 'challenge-closed', state }],
  }
  const facts = [fact('resumes', `round ${challenge.round}`), fact('tries-left', String(challenge.triesLeft))]
  if (challenge.triesLeft === 0) return reject('cancelled', resumed, facts)
  if (challenge.expiresAtMs <= context.nowMs) return reject('challenge-expired', resumed, facts)
  if (challenge.relay) {
    // The target asked: its answer goes there whole, and who this is to us is found out when it accepts.
    const presumedUser = tools.users.find([context.username]) ?? null
    const { typed } = context
    return proceed({ ...resumed, challenge: null, relay: challenge.relay, password: typed, presumedUser }, facts)
  }
  return proceed(resumed, facts)
}

function begin(unknown: Context, tools: Needs): Step {
  const user = tools.users.find([unknown.username]) ?? null
  const context = { ...unknown, presumedUser: user }
  const { client } = context.request
  if (context.method !== 'pap' || (client.factorMode === 'challenge' && client.canBeChallenged)) return proceed(context)
  if (!user || isLocked(user, context.nowMs)) return proceed(context)
  if (client.factorMode === 'second-factor-only') return beginWithoutPassword(context, user, tools)
  const chosen = splitSelection(context.typed)
  if (chosen) return proceed({ ...context, ...chosen }, [fact('chooses', chosen.selected)])
  if (tools.codeGuesses.exhausted(user.id, context.nowMs))
    return proceed(context, [fact('code-in-password', 'not looked for')])

  let seen: CodeInPassword | null = null
  for (const digits of new Set(user.tokens.map((token) => token.digits))) {
    const parts = splitCode(context.typed, digits)
    if (!parts) continue
    const match = matchCode(user, parts.code, context.nowMs, tools.unsealToken)
    if (match.kind === 'right') {
      const taken = { ...context, password: parts.password, codeInPassword: { kind: 'right', match } as const }
      return proceed(taken, [fact('code-in-password', 'right')])
    }
    if (match.kind === 'used' || seen === null) seen = { kind: match.kind, userId: user.id }
  }
  return proceed({ ...context, codeInPassword: seen }, seen ? [fact('code-in-password', seen.kind)] : [])
}

/** The device has checked the password: in its place comes a code, a word that chooses a method, or whatever the device sends. */
function beginWithoutPassword(context: Context, user: EngineUser, { unsealToken }: Needs): Step {
  const typed = context.typed.trim()
  const selected = selectedBy(typed)
  if (selected) return proceed({ ...context, selected }, [fact('chooses', selected)])
  const looksLikeCode = /^[0-9]+$/.test(typed) && user.tokens.some(({ digits }) => digits === typed.length)
  if (!looksLikeCode) return proceed(context)
  const match = matchCode(user, typed, context.nowMs, unsealToken)
  const codeInPassword: CodeInPassword =
    match.kind === 'right' ? { kind: 'right', match } : { ...match, userId: user.id }
  return proceed({ ...context, codeInPassword }, [fact('code', match.kind)])
}

/** `password,123456` or `password123456`; undefined where the text does not end so, or nothing would be left. */
function splitCode(typed: string, digits: number): { password: string; code: string } | undefined {
  const code = typed.slice(-digits)
  if (code.length !== digits || !/^[0-9]+$/.test(code)) return undefined
  const before = typed.slice(0, -digits)
  const password = before.endsWith(',') ? before.slice(0, -1) : before
  return password === '' ? undefined : { password, code }
}
