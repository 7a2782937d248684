/** Attributes of RFC 2868 §3: tunnels. All are tagged. */
import { defineIn } from './definition.ts'

const { tagged, taggedEnumerated } = defineIn('standard')

/** @see {@link https://www.rfc-editor.org/rfc/rfc2868#section-3 RFC 2868 §3} */
export const rfc2868 = {
  'Tunnel-Type': taggedEnumerated(64, {
    PPTP: 1,
    L2F: 2,
    L2TP: 3,
    ATMP: 4,
    VTP: 5,
    AH: 6,
    IP: 7,
    'MIN-IP': 8,
    ESP: 9,
    GRE: 10,
    DVS: 11,
    'IP-in-IP': 12,
    // RFC 3580 §3.31
    VLAN: 13,
  }),
  'Tunnel-Medium-Type': taggedEnumerated(65, {
    IPv4: 1,
    IPv6: 2,
    NSAP: 3,
    HDLC: 4,
    'BBN-1822': 5,
    'IEEE-802': 6,
    'E.163': 7,
    'E.164': 8,
    'F.69': 9,
    'X.121': 10,
    IPX: 11,
    Appletalk: 12,
    'DecNet-IV': 13,
    'Banyan-Vines': 14,
    'E.164-NSAP': 15,
  }),
  'Tunnel-Client-Endpoint': tagged(66, 'text'),
  'Tunnel-Server-Endpoint': tagged(67, 'text'),
  'Tunnel-Password': tagged(69, 'string', 'salted'),
  'Tunnel-Private-Group-Id': tagged(81, 'text'),
  'Tunnel-Assignment-Id': tagged(82, 'text'),
  'Tunnel-Preference': tagged(83, 'integer'),
  'Tunnel-Client-Auth-Id': tagged(90, 'text'),
  'Tunnel-Server-Auth-Id': tagged(91, 'text'),
} as const
