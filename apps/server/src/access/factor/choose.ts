/**
 * Which second factor a sign-in is asked for: the first of the user's methods (else Company Settings' order) that the company and
 * the client allow and that can work here. What is passed over says why. Nothing but its arguments decides.
 */
import {
  methodsInOrder,
  type CompanySettings,
  type FactorKind,
  type SignInMethod,
  type SignInReason,
} from '@sallyport/contract'
import type { EngineClient, EngineUser } from '@sallyport/store/engine'

import type { DeliveryKind } from '../../bus/pending.ts'
import { validTokens } from './oath.ts'

export interface FactorQuestion {
  readonly user: EngineUser
  readonly company: CompanySettings
  readonly client: Pick<EngineClient, 'allowedMethods' | 'factorMode' | 'canBeChallenged' | 'pushWithoutNumber'>
  /** How the request proves itself: what an answer to a challenge would come by. */
  readonly method: SignInMethod
  /** What the person has typed; only that is tried then. */
  readonly selected: FactorKind | null
  /** What can be carried out; null: everything. */
  readonly reach: ReadonlySet<DeliveryKind> | null
  readonly nowMs: number
}

/** How a method is used for this user. */
export type Way =
  | { readonly kind: 'oath' }
  | { readonly kind: 'push'; readonly matching: 'none' | 'pick' | 'type'; readonly withPin: boolean }
  | { readonly kind: 'text'; readonly replies: boolean; readonly withPin: boolean }
  | { readonly kind: 'call'; readonly withPin: boolean }
  | { readonly kind: 'email' }

/** Why a method was passed over: a sentence for the trace, and the reason of the rejection where no other is left. */
export interface Skip {
  readonly method: FactorKind
  readonly why: string
  readonly reason: Extract<
    SignInReason,
    'no-usable-factor' | 'factor-needs-challenge' | 'code-missing' | 'factor-not-allowed'
  >
}

export interface Choice {
  /** Null: none is left. */
  readonly way: Way | null
  readonly skipped: readonly Skip[]
}

export function chooseFactor(question: FactorQuestion): Choice {
  const { user, company, selected } = question
  const own = methodsInOrder(user, company)
  const skipped: Skip[] = []
  for (const method of selected ? [selected] : own) {
    const found = allowed(method, own, question) ?? ways[method](question)
    if (!('why' in found)) return { way: found, skipped }
    skipped.push({ method, ...found })
  }
  return { way: null, skipped }
}

/** The reason of the rejection where no way is left: the first that is not merely something that the user does not have. */
export function refusalOf(skipped: readonly Skip[]): Skip['reason'] {
  return skipped.find(({ reason }) => reason !== 'no-usable-factor')?.reason ?? 'no-usable-factor'
}

type Skipped = Omit<Skip, 'method'>

function allowed(method: FactorKind, own: readonly FactorKind[], question: FactorQuestion): Skipped | undefined {
  const { company, client } = question
  if (!company.methods.includes(method)) return notAllowed('Company Settings do not allow it')
  if (client.allowedMethods.length > 0 && !client.allowedMethods.includes(method)) {
    return notAllowed('this RADIUS client does not allow it')
  }
  return own.includes(method) ? undefined : notAllowed('it is not among the methods of this user')
}

const ways: Readonly<Record<FactorKind, (question: FactorQuestion) => Way | Skipped>> = {
  oath: (question) => {
    if (validTokens(question.user, question.nowMs).length === 0) return lacking('no OATH token')
    return challengeable(question) ?? { kind: 'oath' }
  },

  push(question) {
    const { user, company, client, reach } = question
    if (user.devices.length === 0) return lacking('no device with the app')
    if (reach && !reach.has('push')) return lacking('the app cannot be reached: nothing serves it here')
    const withPin = (user.appMode ?? company.appMode) === 'pin'
    if (withPin && !user.pin) return lacking('the app asks for a PIN, and none is set')
    if (company.numberMatching === 'off') return { kind: 'push', matching: 'none', withPin }
    const blocked = challengeable(question)
    if (!blocked) return { kind: 'push', matching: company.numberMatching, withPin }
    if (client.pushWithoutNumber) return { kind: 'push', matching: 'none', withPin }
    return { why: `no number can be matched: ${blocked.why}`, reason: 'factor-needs-challenge' }
  },

  text(question) {
    const { user, company, method, reach } = question
    if (user.phone === '') return lacking('no phone number')
    if (reach && !reach.has('text')) return lacking('no gateway for text messages')
    const withPin = user.textWithPin ?? company.textWithPin
    if (withPin && !user.pin) return lacking('the text asks for a PIN, and none is set')
    if ((user.textMode ?? company.textMode) === 'two-way') return { kind: 'text', replies: true, withPin }
    const blocked = challengeable(question)
    if (blocked) return { ...blocked, reason: 'factor-needs-challenge' }
    // A PIN is kept one-way: a response that is computed from it cannot be checked.
    if (withPin && method !== 'pap') return notAllowed(`a PIN cannot be read from an answer by ${words[method]}`)
    return { kind: 'text', replies: false, withPin }
  },

  call({ user, company, reach }) {
    if (user.phone === '') return lacking('no phone number')
    if (reach && !reach.has('call')) return lacking('no gateway for phone calls')
    const withPin = (user.callMode ?? company.callMode) === 'pin'
    if (withPin && !user.pin) return lacking('the call asks for a PIN, and none is set')
    return { kind: 'call', withPin }
  },

  email(question) {
    if (question.user.email === '') return lacking('no email address')
    if (question.reach && !question.reach.has('mail')) return lacking('no gateway for mail')
    const blocked = challengeable(question)
    return blocked ? { ...blocked, reason: 'factor-needs-challenge' } : { kind: 'email' }
  },
}

const words: Readonly<Record<SignInMethod, string>> = {
  pap: 'PAP',
  chap: 'CHAP',
  'ms-chap': 'MS-CHAPv2',
  eap: 'EAP',
  none: 'nothing',
}

/** Why nothing can be asked at the device; undefined where it can. */
export function challengeable({ client, method }: Pick<FactorQuestion, 'client' | 'method'>): Skipped | undefined {
  // RFC 3579 §2.2: inside EAP only the EAP server can ask, and its conversation is over with its Accept.
  if (method === 'eap') return { why: 'nothing can be asked over forwarded EAP', reason: 'factor-needs-challenge' }
  if (client.factorMode === 'password-with-code') {
    return { why: 'this RADIUS client takes codes with the password alone', reason: 'code-missing' }
  }
  if (!client.canBeChallenged) return { why: 'this RADIUS client cannot be challenged', reason: 'code-missing' }
  return undefined
}

function lacking(why: string): Skipped {
  return { why, reason: 'no-usable-factor' }
}

function notAllowed(why: string): Skipped {
  return { why, reason: 'factor-not-allowed' }
}
