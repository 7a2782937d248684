/** Vendor attributes of Juniper (2636): the template user of Junos, and what it may do. */
import { defineIn } from './definition.ts'

const { plain } = defineIn({ vendorId: 2636 })

/** `Juniper-Local-User-Name` names the template user. */
export const juniper = {
  'Juniper-Local-User-Name': plain(1, 'text'),
  'Juniper-Allow-Commands': plain(2, 'text'),
  'Juniper-Deny-Commands': plain(3, 'text'),
  'Juniper-Allow-Configuration': plain(4, 'text'),
  'Juniper-Deny-Configuration': plain(5, 'text'),
  'Juniper-User-Permissions': plain(10, 'text'),
  'Juniper-Primary-Dns': plain(31, 'ipv4addr'),
  'Juniper-Secondary-Dns': plain(33, 'ipv4addr'),
  'Juniper-Ip-Pool-Name': plain(36, 'text'),
  'Juniper-Keep-Alive': plain(37, 'integer'),
  'Juniper-Firewall-filter-name': plain(44, 'text'),
  'Juniper-Local-Group-Name': plain(46, 'text'),
  'Juniper-Switching-Filter': plain(48, 'text'),
  'Juniper-VoIP-Vlan': plain(49, 'text'),
  'Juniper-CWA-Redirect': plain(50, 'text'),
  'Juniper-AV-Pair': plain(52, 'text'),
} as const
