/** The new password of an MS-CHAP2-CPW: read under the old one's hash, and held to the same rules as one that is set. */
import { timingSafeEqual } from 'node:crypto'

import { userPassword } from '@sallyport/contract'
import { ntPasswordHash, readChangedPassword, type MschapV2Change } from '@sallyport/radius'

export interface NewPassword {
  readonly password: string
  readonly ntHash: Uint8Array
  /** Why it cannot be taken; undefined where it can. */
  readonly faultFor: (username: string) => string | undefined
}

/** Undefined where the change was not made by somebody who knows the old password (RFC 2759 §7). */
export function readNewPassword(change: MschapV2Change, oldNtHash: Uint8Array): NewPassword | undefined {
  const password = readChangedPassword(change, oldNtHash)
  if (password === undefined) return undefined
  const ntHash = ntPasswordHash(password)
  return {
    password: password.normalize('NFC'),
    ntHash,
    faultFor: (username) => {
      if (timingSafeEqual(ntHash, oldNtHash)) return 'It is the same as before.'
      const name = username.toLowerCase()
      if (name.length >= 3 && password.toLowerCase().includes(name)) return 'It holds the user name.'
      const checked = userPassword.safeParse(password)
      return checked.success ? undefined : checked.error.issues[0]?.message
    },
  }
}
