/** What an NT status says of the user, by its name, its number or the sentence that Samba has for it. */

export type NtRefusal =
  'wrong-password' | 'unknown-user' | 'password-expired' | 'must-change' | 'account-locked' | 'account-disabled'

const meanings: readonly (readonly [RegExp, NtRefusal])[] = [
  [/NT_STATUS_(WRONG_PASSWORD|LOGON_FAILURE)\b|0xc000006[ad]\b/i, 'wrong-password'],
  [/current password is not correct|attempted logon is invalid/i, 'wrong-password'],
  [/NT_STATUS_NO_SUCH_USER\b|0xc0000064\b|specified account does not exist/i, 'unknown-user'],
  [/NT_STATUS_PASSWORD_MUST_CHANGE\b|0xc0000224\b|password must be changed/i, 'must-change'],
  [/NT_STATUS_PASSWORD_EXPIRED\b|0xc0000071\b|password (of this user|has|.* has) expired/i, 'password-expired'],
  [/NT_STATUS_ACCOUNT_LOCKED_OUT\b|0xc0000234\b|automatically locked/i, 'account-locked'],
  [/NT_STATUS_ACCOUNT_DISABLED\b|0xc0000072\b|currently disabled/i, 'account-disabled'],
  [/NT_STATUS_ACCOUNT_EXPIRED\b|0xc0000193\b|user account has expired/i, 'account-disabled'],
  [/NT_STATUS_INVALID_(LOGON_HOURS|WORKSTATION)\b|0xc00000(6f|70)\b|logon time restrictions/i, 'account-disabled'],
  [/NT_STATUS_ACCOUNT_RESTRICTION\b|0xc000006e\b|account restriction/i, 'account-disabled'],
]

/** Undefined where it is about something else than the user: winbind, the network, the domain controller. */
export function meaningOfStatus(text: string): NtRefusal | undefined {
  return meanings.find(([pattern]) => pattern.test(text))?.[1]
}
