/** IPv6 attributes: RFC 3162 §2, RFC 4818 §3, RFC 6911 §3. */
import { defineIn } from './definition.ts'

const { plain } = defineIn('standard')

/** @see {@link https://www.rfc-editor.org/rfc/rfc3162#section-2 RFC 3162 §2} */
export const ipv6 = {
  'NAS-IPv6-Address': plain(95, 'ipv6addr'),
  'Framed-Interface-Id': plain(96, 'ifid'),
  'Framed-IPv6-Prefix': plain(97, 'ipv6prefix'),
  'Login-IPv6-Host': plain(98, 'ipv6addr'),
  'Framed-IPv6-Route': plain(99, 'text'),
  'Framed-IPv6-Pool': plain(100, 'text'),
  'Delegated-IPv6-Prefix': plain(123, 'ipv6prefix'),
  'Framed-IPv6-Address': plain(168, 'ipv6addr'),
  'DNS-Server-IPv6-Address': plain(169, 'ipv6addr'),
  'Route-IPv6-Information': plain(170, 'ipv6prefix'),
  'Delegated-IPv6-Prefix-Pool': plain(171, 'text'),
  'Stateful-IPv6-Address-Pool': plain(172, 'text'),
} as const
