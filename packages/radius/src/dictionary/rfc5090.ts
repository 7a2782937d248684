/** Attributes of RFC 5090 §3: HTTP and SIP digests. */
import { defineIn } from './definition.ts'

const { plain, concealed } = defineIn('standard')

/** @see {@link https://www.rfc-editor.org/rfc/rfc5090#section-3 RFC 5090 §3} */
export const rfc5090 = {
  'Digest-Response': concealed(103, 'text', 'password-proof'),
  'Digest-Realm': plain(104, 'text'),
  'Digest-Nonce': plain(105, 'text'),
  'Digest-Response-Auth': concealed(106, 'text', 'password-proof'),
  'Digest-Nextnonce': plain(107, 'text'),
  'Digest-Method': plain(108, 'text'),
  'Digest-URI': plain(109, 'text'),
  'Digest-Qop': plain(110, 'text'),
  'Digest-Algorithm': plain(111, 'text'),
  'Digest-Entity-Body-Hash': plain(112, 'text'),
  'Digest-CNonce': plain(113, 'text'),
  'Digest-Nonce-Count': plain(114, 'text'),
  'Digest-Username': plain(115, 'text'),
  'Digest-Opaque': plain(116, 'text'),
  'Digest-Auth-Param': plain(117, 'text'),
  'Digest-AKA-Auts': plain(118, 'text'),
  'Digest-Domain': plain(119, 'text'),
  'Digest-Stale': plain(120, 'text'),
  'Digest-HA1': concealed(121, 'text', 'password-proof'),
  'SIP-AOR': plain(122, 'text'),
} as const
