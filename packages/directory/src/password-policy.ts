/** The password policy control: sent with a bind, it makes the server say why a bind failed, or what is due after it. */
import { Ber, Control, type BerReader } from 'ldapts'

/** What the server's policy said with its answer. */
export type PasswordPolicyError = 'password-expired' | 'account-locked' | 'change-after-reset' | 'other'

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

  protected override parseControl(reader: BerReader): void {
    if (reader.readSequence(Ber.Sequence | Ber.Constructor) === null) return
    if (reader.peek() === warningTag) {
      reader.readSequence(warningTag)
      if (reader.peek() === secondsLeftTag) this.secondsUntilExpiry = reader.readTag(secondsLeftTag) ?? undefined
      else if (reader.peek() === gracesLeftTag) this.graceSignInsLeft = reader.readTag(gracesLeftTag) ?? undefined
    }
    if (reader.peek() === errorTag) this.policyError = errors[reader.readTag(errorTag) ?? -1] ?? 'other'
  }
}

const errors: Readonly<Record<number, PasswordPolicyError>> = {
  0: 'password-expired',
  1: 'account-locked',
  2: 'change-after-reset',
}
