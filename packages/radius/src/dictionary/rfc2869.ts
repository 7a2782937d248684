/** Attributes of RFC 2869 §5, with RFC 4372's Chargeable-User-Identity. */
import { defineIn } from './definition.ts'

const { plain, concealed, enumerated } = defineIn('standard')

/** @see {@link https://www.rfc-editor.org/rfc/rfc2869#section-5 RFC 2869 §5} */
export const rfc2869 = {
  'Acct-Input-Gigawords': plain(52, 'integer'),
  'Acct-Output-Gigawords': plain(53, 'integer'),
  'Event-Timestamp': plain(55, 'time'),
  'ARAP-Password': concealed(70, 'string', 'password-proof'),
  'ARAP-Features': plain(71, 'string'),
  'ARAP-Zone-Access': enumerated(72, { 'Default-Zone': 1, 'Zone-Filter-Inclusive': 2, 'Zone-Filter-Exclusive': 4 }),
  'ARAP-Security': plain(73, 'integer'),
  'ARAP-Security-Data': plain(74, 'text'),
  'Password-Retry': plain(75, 'integer'),
  Prompt: enumerated(76, { 'No-Echo': 0, Echo: 1 }),
  'Connect-Info': plain(77, 'text'),
  'Configuration-Token': plain(78, 'text'),
  // An EAP method may carry a password in clear (EAP-GTC).
  'EAP-Message': concealed(79, 'concat', 'password-proof'),
  'Message-Authenticator': plain(80, 'string'),
  'ARAP-Challenge-Response': concealed(84, 'string', 'password-proof'),
  'Acct-Interim-Interval': plain(85, 'integer'),
  'NAS-Port-Id': plain(87, 'text'),
  'Framed-Pool': plain(88, 'text'),
  'Chargeable-User-Identity': plain(89, 'string'),
} as const
