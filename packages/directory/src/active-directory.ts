/** Reads the sub-code that Active Directory hides in the text of LDAP error 49. */
import { type RefusalKind } from './refusals.ts'

const meanings: Readonly<Record<string, { readonly kind: RefusalKind; readonly detail: string }>> = {
  '525': { kind: 'unknown-user', detail: 'Active Directory knows no such user.' },
  '52e': { kind: 'wrong-password', detail: 'Active Directory refused the password.' },
  '530': { kind: 'account-disabled', detail: 'Sign-in is not permitted at this time of day or week.' },
  '531': { kind: 'account-disabled', detail: 'Sign-in is not permitted from this computer (“Log On To” list).' },
  '532': { kind: 'password-expired', detail: 'The password has expired.' },
  '533': { kind: 'account-disabled', detail: 'The account is disabled.' },
  '701': { kind: 'account-disabled', detail: 'The account itself has expired.' },
  '773': { kind: 'must-change', detail: 'The user must change the password before the next sign-in.' },
  '775': { kind: 'account-locked', detail: 'The account is locked out.' },
}

/**
 * What `80090308: LdapErr: DSID-…, comment: AcceptSecurityContext error, data 52e, v…` says of the user.
 * @returns undefined where the text is not Active Directory's or the sub-code is unknown
 */
export function parseActiveDirectoryError(text: string): { kind: RefusalKind; detail: string } | undefined {
  const code = /\bdata ([0-9a-f]{3,8})\b/i.exec(text)?.[1]?.toLowerCase().replace(/^0+/, '')
  return code === undefined ? undefined : meanings[code]
}
