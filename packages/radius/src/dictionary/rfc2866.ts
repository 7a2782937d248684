/** Attributes of RFC 2866 §5 and RFC 2867 §4: accounting. */
import { defineIn } from './definition.ts'

const { plain, enumerated } = defineIn('standard')

/** @see {@link https://www.rfc-editor.org/rfc/rfc2866#section-5 RFC 2866 §5} */
export const rfc2866 = {
  'Acct-Status-Type': enumerated(40, {
    Start: 1,
    Stop: 2,
    'Interim-Update': 3,
    'Accounting-On': 7,
    'Accounting-Off': 8,
    // RFC 2867 §3
    'Tunnel-Start': 9,
    'Tunnel-Stop': 10,
    'Tunnel-Reject': 11,
    'Tunnel-Link-Start': 12,
    'Tunnel-Link-Stop': 13,
    'Tunnel-Link-Reject': 14,
    Failed: 15,
  }),
  'Acct-Delay-Time': plain(41, 'integer'),
  'Acct-Input-Octets': plain(42, 'integer'),
  'Acct-Output-Octets': plain(43, 'integer'),
  'Acct-Session-Id': plain(44, 'text'),
  'Acct-Authentic': enumerated(45, { RADIUS: 1, Local: 2, Remote: 3, Diameter: 4 }),
  'Acct-Session-Time': plain(46, 'integer'),
  'Acct-Input-Packets': plain(47, 'integer'),
  'Acct-Output-Packets': plain(48, 'integer'),
  'Acct-Terminate-Cause': enumerated(49, {
    'User-Request': 1,
    'Lost-Carrier': 2,
    'Lost-Service': 3,
    'Idle-Timeout': 4,
    'Session-Timeout': 5,
    'Admin-Reset': 6,
    'Admin-Reboot': 7,
    'Port-Error': 8,
    'NAS-Error': 9,
    'NAS-Request': 10,
    'NAS-Reboot': 11,
    'Port-Unneeded': 12,
    'Port-Preempted': 13,
    'Port-Suspended': 14,
    'Service-Unavailable': 15,
    Callback: 16,
    'User-Error': 17,
    'Host-Request': 18,
  }),
  'Acct-Multi-Session-Id': plain(50, 'text'),
  'Acct-Link-Count': plain(51, 'integer'),
  'Acct-Tunnel-Connection': plain(68, 'text'),
  'Acct-Tunnel-Packets-Lost': plain(86, 'integer'),
} as const
