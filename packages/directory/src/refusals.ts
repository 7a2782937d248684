/** What a directory can say against a user: the names that outcomes and Active Directory's sub-codes share. */

/** What a directory can say against a user. */
export type RefusalKind =
  | 'wrong-password'
  | 'unknown-user'
  | 'ambiguous-user'
  | 'password-expired'
  | 'must-change'
  | 'account-locked'
  | 'account-disabled'
