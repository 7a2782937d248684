/** Which setting decides each reason, so that every explanation can lead to what would change it. */
import type { SignInReason, SignInRow } from '@sallyport/contract'
import type { LinkProps } from '@tanstack/react-router'

/** A room of the console: the client that asked, what checks the passwords, the directory behind it, the user. */
export type SettingRoom =
  | 'client'
  | 'new-client'
  | 'target'
  | 'reply-attributes'
  | 'directory'
  | 'user'
  | 'status'
  | 'caching-rules'
  | 'trusted-networks'

const rooms: Record<SignInReason, SettingRoom | null> = {
  'password-and-code': null,
  'password-and-approval': null,
  'code-alone': 'client',
  'approval-alone': 'client',
  'password-only-unmatched-user': 'client',
  'password-only-factor-off': 'user',
  'password-and-bypass': 'user',
  'password-and-cache': 'caching-rules',
  'password-in-trusted-network': 'trusted-networks',
  'password-and-recovery-code': 'user',
  'password-and-security-questions': 'user',
  'code-requested': null,
  'approval-requested': null,
  'number-requested': null,
  'pin-requested': null,
  'new-pin-requested': null,
  'factor-choice-requested': null,
  'target-challenge': null,
  'fallback-requested': 'user',
  'no-user-name': null,
  'malformed-user-name': null,
  'no-credentials': null,
  'method-not-supported': 'target',
  'chap-not-possible': 'target',
  'mschap-v1-not-possible': null,
  'mschap-malformed': null,
  'mschap-not-allowed': 'target',
  'wrong-password': null,
  'unknown-to-directory': 'directory',
  'ambiguous-in-directory': 'directory',
  'password-expired': null,
  'password-must-change': null,
  'account-locked': null,
  'account-disabled': null,
  'no-password-kept': 'user',
  'too-many-wrong-passwords': null,
  'no-nt-hash': 'user',
  'password-change-refused': null,
  'rejected-by-target': 'target',
  'too-many-rounds': 'target',
  'unmatched-user': 'client',
  'user-disabled': 'user',
  'user-blocked': 'user',
  'no-usable-factor': 'user',
  'code-missing': 'client',
  'factor-needs-challenge': 'client',
  'wrong-code': 'user',
  'reused-code': null,
  'too-many-wrong-codes': 'user',
  'factor-locked': 'user',
  'factor-not-allowed': 'client',
  'factor-not-delivered': 'status',
  'no-answer': 'user',
  denied: null,
  'fraud-reported': 'user',
  'wrong-number': 'user',
  'wrong-pin': 'user',
  'pin-expired': 'user',
  'new-pin-refused': null,
  'wrong-recovery-code': 'user',
  'wrong-security-answers': 'user',
  busy: 'user',
  'hung-up': 'user',
  'too-many-requests': 'user',
  cancelled: null,
  'challenge-expired': null,
  'challenge-unknown': 'client',
  'challenge-of-another': null,
  'reply-too-long': 'reply-attributes',
  'log-unavailable': 'status',
  'dry-run': null,
  'internal-error': 'status',
  'no-target': 'target',
  'target-down': 'target',
  'target-misconfigured': 'directory',
  'wrong-shared-secret': 'client',
  'message-authenticator-missing': 'client',
  'proxy-state-unprotected': 'client',
  'unknown-client': 'new-client',
  overloaded: 'status',
}

export interface ReasonSetting {
  readonly room: SettingRoom
  readonly link: Pick<LinkProps, 'to' | 'params' | 'search'>
}

/** Where to go from a reason of no sign-in in particular: to all clients, to all users. */
export function roomOfReason(reason: SignInReason): ReasonSetting | null {
  const room = rooms[reason]
  if (room === 'client') return { room, link: { to: '/radius-authentication' } }
  if (room === 'user') return { room, link: { to: '/users' } }
  return settingOfReason({ reason, client: null, user: null })
}

/** Where to go from a reason; null where no setting decides it, or what decided it is gone. */
export function settingOfReason({
  reason,
  client,
  user,
}: Pick<SignInRow, 'reason' | 'client' | 'user'>): ReasonSetting | null {
  const room = rooms[reason]
  switch (room) {
    case null:
      return null
    case 'client':
      return client && { room, link: { to: '/radius-authentication', search: { client: client.id } } }
    case 'new-client':
      return { room, link: { to: '/radius-authentication', search: { client: 'new' } } }
    case 'target':
      return { room, link: { to: '/radius-authentication', search: { tab: 'target' } } }
    case 'reply-attributes':
      return { room, link: { to: '/radius-authentication', search: { tab: 'reply-attributes' } } }
    case 'directory':
      return { room, link: { to: '/directory-integration' } }
    case 'user':
      return user && { room, link: { to: '/users/$id', params: { id: user.id } } }
    case 'status':
    case 'caching-rules':
    case 'trusted-networks':
      return { room, link: { to: `/${room}` } }
  }
}
