/** The password policy control: sent with a bind, it makes the server say why a bind failed, or what is due after it. */
import { Control, type BerReader } from 'ldapts'

import { BerCursor } from './ber.ts'

/** What the server's policy said with its answer. */
export type PasswordPolicyError = 'password-expired' | 'account-locked' | 'change-after-reset' | 'other'

const sequenceTag = 0x30
const oid = '1.3.6.1.4.1.42.2.27.8.5.1'
const warningTag = 0xa0
const errorTag = 0x81
const secondsLeftTag = 0x80
const gracesLeftTag = 0x81

/**
 * The request control of draft-behera-ldap-password-policy §6.1, which also holds the response (§6.2) once it came.
 * ```
 * PasswordPolicyResponseValue ::= SEQUENCE {
 *   warning [0] CHOICE { timeBeforeExpiration [0] INTEGER, graceAuthNsRemaining [1] INTEGER } OPTIONAL,
 *   error   [1] ENUMERATED { passwordExpired (0), accountLocked (1), changeAfterReset (2), … } OPTIONAL }
 * ```
 */
export class PasswordPolicyControl extends Control {
  policyError: PasswordPolicyError | undefined
  graceSignInsLeft: number | undefined
  secondsUntilExpiry: number | undefined

  constructor() {
    super(oid)
  }

  /** Keeps what is logged or serialised of a message small. */
  toJSON(): string {
    return oid
  }

  /** @throws MalformedBer, which ends the bind: half a policy’s word might be its better half */
  protected override parseControl(reader: BerReader): void {
    const cursor = new BerCursor(reader.remainingBuffer)
    if (cursor.isAtEnd()) return
    const afterValue = cursor.enter(sequenceTag)
    if (cursor.peek() === warningTag) {
      const afterWarning = cursor.enter(warningTag)
      if (cursor.peek() === secondsLeftTag) this.secondsUntilExpiry = cursor.integer(secondsLeftTag)
      else this.graceSignInsLeft = cursor.integer(gracesLeftTag)
      cursor.leave(afterWarning)
    }
    if (cursor.peek() === errorTag) this.policyError = errors[cursor.integer(errorTag)] ?? 'other'
    cursor.leave(afterValue)
  }
}

const errors: Readonly<Record<number, PasswordPolicyError>> = {
  0: 'password-expired',
  1: 'account-locked',
  2: 'change-after-reset',
}
