/** What a bind can end with, and how a server's answer becomes one of these ends. */
import { parseActiveDirectoryError } from './active-directory.ts'
import { LdapFailure, type FailureKind } from './failure.ts'
import { type RefusalKind } from './refusals.ts'
import { type PasswordPolicy } from './wire/password-policy.ts'

/** The end of one sign-in at a directory. Only the first kind may let anybody in. */
export type BindOutcome =
  | {
      readonly kind: 'ok'
      readonly dn: string
      /** The server that answered: `ldap://host:port`. */
      readonly server: string
      /** The attributes that the configuration asks for; absent where no search was needed. */
      readonly attributes?: Readonly<Record<string, readonly string[]>>
    }
  | {
      readonly kind: RefusalKind
      /** The server that answered; empty where none was asked, as for an empty password. */
      readonly server: string
      /** A sentence for the log. */
      readonly detail?: string
      /** The DN was the caller's `knownDn` and should be forgotten, so that the next sign-in searches afresh. */
      readonly forgetKnownDn?: true
    }
  | {
      /** No server could say anything about the user: never a wrong password, never a failure of the user's. */
      readonly kind: FailureKind
      readonly attempts: readonly { readonly server: string; readonly problem: string }[]
    }

/** A server's answer to a bind request: the result code of RFC 4511 §4.1.9 and what came with it. */
export interface BindAnswer {
  readonly resultCode: number
  readonly message: string
  readonly policy: PasswordPolicy
}

/** What a server's answer says of the user: nothing against, or one refusal. */
export type UserVerdict =
  { readonly kind: 'ok' } | { readonly kind: RefusalKind | 'no-such-entry'; readonly detail: string }

/**
 * What the answer to a user's bind means.
 * @throws LdapFailure where the answer says something of the server, and nothing of the user
 */
export function judgeUserBind({ resultCode, message, policy }: BindAnswer): UserVerdict {
  const byPolicy = policyVerdict(policy)
  if (resultCode === 0) return byPolicy ?? { kind: 'ok' }
  if (resultCode === 49) {
    return (
      byPolicy ??
      parseActiveDirectoryError(message) ?? { kind: 'wrong-password', detail: 'The server refused the password.' }
    )
  }
  // 389 Directory Server and its kin answer lock-outs with 19 and disabled accounts with 53.
  if (resultCode === 19) return byPolicy ?? { kind: 'account-locked', detail: 'Too many wrong passwords.' }
  if (resultCode === 53 && /inactivat|disabled|deactivat/i.test(message)) {
    return { kind: 'account-disabled', detail: 'The account is disabled.' }
  }
  if (resultCode === 53 && byPolicy) return byPolicy
  if (resultCode === 48) return { kind: 'wrong-password', detail: 'The user’s entry holds no password.' }
  if (resultCode === 32 || resultCode === 34)
    return { kind: 'no-such-entry', detail: 'The directory has no such entry.' }
  throw serverProblem(resultCode, message)
}

function policyVerdict(policy: BindAnswer['policy']): UserVerdict | undefined {
  switch (policy.policyError) {
    case 'password-expired':
      return { kind: 'password-expired', detail: 'The password has expired.' }
    case 'account-locked':
      return { kind: 'account-locked', detail: 'The account is locked by the password policy.' }
    case 'change-after-reset':
      return { kind: 'must-change', detail: 'The password was reset: the user must change it first.' }
    case 'other':
    case undefined:
      return undefined
  }
}

/** The failure that the answer to the query account's bind means; undefined where it succeeded. */
export function judgeQueryBind(answer: BindAnswer): LdapFailure | undefined {
  const { resultCode, message, policy } = answer
  if (resultCode === 0 && policy.policyError === undefined) return undefined
  const reasons: Readonly<Record<number, string>> = {
    0: 'its password must be changed first',
    32: 'no such entry',
    34: 'its DN is not valid',
    48: 'this server does not allow that kind of bind',
    49: 'its DN or password is wrong',
    19: 'it is locked after too many wrong passwords',
  }
  const told = resultCode === 49 ? (policyVerdict(policy) ?? parseActiveDirectoryError(message)) : undefined
  const reason = told && 'detail' in told ? told.detail : reasons[resultCode]
  if (reason === undefined) return serverProblem(resultCode, message)
  return new LdapFailure('query-bind-refused', `The server refused the query account: ${reason.replace(/\.$/, '')}.`)
}

/** A result code that is about the server or its configuration, in words. */
export function serverProblem(resultCode: number, message: string): LdapFailure {
  const said = message.trim()
  const quoted = said === '' ? '' : ` (“${said.slice(0, 200)}”)`
  const [code, problem] = problemOf(resultCode, quoted)
  return new LdapFailure(code, problem, { resultCode })
}

function problemOf(resultCode: number, quoted: string): readonly [FailureKind, string] {
  switch (resultCode) {
    case 1:
    case 50:
      return ['query-bind-refused', `The server does not let this account search${quoted}.`]
    case 3:
    case 11:
      return ['misconfigured', `The search takes the server too long: index the filter’s attributes${quoted}.`]
    case 4:
      return [
        'misconfigured',
        `The server gives this account no more than a part of the entries: raise its size limit there${quoted}.`,
      ]
    case 8:
    case 13:
      return ['misconfigured', `The server wants encryption: choose StartTLS or LDAPS${quoted}.`]
    case 10:
      return ['misconfigured', `The server refers to another server for this DN: enter that one${quoted}.`]
    case 12:
      return ['misconfigured', `The server gives no results in pages (RFC 2696)${quoted}.`]
    case 32:
      return ['misconfigured', 'The base DN does not exist, or the query account may not see it.']
    case 34:
      return ['misconfigured', 'The DN is not valid.']
    case 51:
    case 52:
    case 80:
      return ['server-down', `The server is busy or unavailable${quoted}.`]
    default:
      return ['misconfigured', `The server answered with LDAP error ${resultCode}${quoted}.`]
  }
}
