/** Microsoft's vendor attributes of RFC 2548 §2: MS-CHAP, MPPE keys and their kin. */
import { defineIn } from './definition.ts'

export const microsoftVendorId = 311

const { plain, concealed, enumerated } = defineIn({ vendorId: microsoftVendorId })

/** @see {@link https://www.rfc-editor.org/rfc/rfc2548#section-2 RFC 2548 §2} */
export const microsoft = {
  'MS-CHAP-Response': concealed(1, 'string', 'password-proof'),
  'MS-CHAP-Error': plain(2, 'string'),
  'MS-CHAP-CPW-1': concealed(3, 'string', 'password-proof'),
  'MS-CHAP-CPW-2': concealed(4, 'string', 'password-proof'),
  'MS-CHAP-LM-Enc-PW': concealed(5, 'string', 'password-proof'),
  'MS-CHAP-NT-Enc-PW': concealed(6, 'string', 'password-proof'),
  'MS-MPPE-Encryption-Policy': enumerated(7, { 'Encryption-Allowed': 1, 'Encryption-Required': 2 }),
  'MS-MPPE-Encryption-Types': enumerated(8, {
    'RC4-40bit-Allowed': 2,
    'RC4-128bit-Allowed': 4,
    'RC4-40or128-bit-Allowed': 6,
  }),
  'MS-RAS-Vendor': plain(9, 'integer'),
  'MS-CHAP-Domain': plain(10, 'string'),
  'MS-CHAP-Challenge': plain(11, 'string'),
  'MS-CHAP-MPPE-Keys': concealed(12, 'string', 'user-password'),
  'MS-BAP-Usage': enumerated(13, { 'Not-Allowed': 0, Allowed: 1, Required: 2 }),
  'MS-Link-Utilization-Threshold': plain(14, 'integer'),
  'MS-Link-Drop-Time-Limit': plain(15, 'integer'),
  'MS-MPPE-Send-Key': concealed(16, 'string', 'salted'),
  'MS-MPPE-Recv-Key': concealed(17, 'string', 'salted'),
  'MS-RAS-Version': plain(18, 'text'),
  'MS-Old-ARAP-Password': concealed(19, 'string', 'password-proof'),
  'MS-New-ARAP-Password': concealed(20, 'string', 'password-proof'),
  'MS-ARAP-PW-Change-Reason': enumerated(21, {
    'Just-Change-Password': 1,
    'Expired-Password': 2,
    'Admin-Requires-Password-Change': 3,
    'Password-Too-Short': 4,
  }),
  'MS-Filter': plain(22, 'string'),
  'MS-Acct-Auth-Type': enumerated(23, { PAP: 1, CHAP: 2, 'MS-CHAP-1': 3, 'MS-CHAP-2': 4, EAP: 5 }),
  'MS-Acct-EAP-Type': enumerated(24, { MD5: 4, OTP: 5, 'Generic-Token-Card': 6, TLS: 13 }),
  'MS-CHAP2-Response': concealed(25, 'string', 'password-proof'),
  'MS-CHAP2-Success': concealed(26, 'string', 'password-proof'),
  'MS-CHAP2-CPW': concealed(27, 'string', 'password-proof'),
  'MS-Primary-DNS-Server': plain(28, 'ipv4addr'),
  'MS-Secondary-DNS-Server': plain(29, 'ipv4addr'),
  'MS-Primary-NBNS-Server': plain(30, 'ipv4addr'),
  'MS-Secondary-NBNS-Server': plain(31, 'ipv4addr'),
  // The two after it are not in RFC 2548: Windows' RRAS sends them.
  'MS-ARAP-Challenge': plain(33, 'string'),
  'MS-RAS-Client-Name': plain(34, 'text'),
  'MS-RAS-Client-Version': plain(35, 'text'),
} as const
