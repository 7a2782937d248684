/** The password policy control: sent with a bind, it makes the server say why a bind failed, or what is due after it. */
import { BerCursor, MalformedBer } from './ber.ts'
import { sequence } from './tags.ts'

/** What the server's policy said against a sign-in. */
export type PasswordPolicyError = 'password-expired' | 'account-locked' | 'change-after-reset' | 'other'

/** What the server's policy said with its answer. */
export interface PasswordPolicy {
  readonly policyError?: PasswordPolicyError
  readonly graceSignInsLeft?: number
  readonly secondsUntilExpiry?: number
}

export const passwordPolicyOid = '1.3.6.1.4.1.42.2.27.8.5.1'

/** What a server says that sends no such control, or an empty one. */
export const noPolicy: PasswordPolicy = {}

const warningTag = 0xa0
const errorTag = 0x81
const secondsLeftTag = 0x80
const gracesLeftTag = 0x81

const errors: Readonly<Record<number, PasswordPolicyError>> = {
  0: 'password-expired',
  1: 'account-locked',
  2: 'change-after-reset',
}

/**
 * Reads the value of the response control of draft-behera-ldap-password-policy §6.2.
 * ```
 * PasswordPolicyResponseValue ::= SEQUENCE {
 *   warning [0] CHOICE { timeBeforeExpiration [0] INTEGER, graceAuthNsRemaining [1] INTEGER } OPTIONAL,
 *   error   [1] ENUMERATED { passwordExpired (0), accountLocked (1), changeAfterReset (2), … } OPTIONAL }
 * ```
 * @throws MalformedBer, which ends the bind: half a policy’s word might be its better half
 */
export function decodePasswordPolicy(value: Buffer): PasswordPolicy {
  const cursor = new BerCursor(value)
  if (cursor.isAtEnd()) return noPolicy
  const policy: { -readonly [Key in keyof PasswordPolicy]: PasswordPolicy[Key] } = {}
  const afterValue = cursor.enter(sequence)
  if (cursor.peek() === warningTag) {
    const afterWarning = cursor.enter(warningTag)
    if (cursor.peek() === secondsLeftTag) policy.secondsUntilExpiry = cursor.integer(secondsLeftTag)
    else policy.graceSignInsLeft = cursor.integer(gracesLeftTag)
    cursor.leave(afterWarning)
  }
  if (cursor.peek() === errorTag) policy.policyError = errors[cursor.integer(errorTag)] ?? 'other'
  cursor.leave(afterValue)
  if (!cursor.isAtEnd()) throw new MalformedBer('more than one password policy response')
  return policy
}
