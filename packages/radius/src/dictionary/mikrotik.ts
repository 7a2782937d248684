/** Vendor attributes of MikroTik (14988): groups, address lists and limits of RouterOS. */
import { defineIn } from './definition.ts'

const { plain } = defineIn({ vendorId: 14988 })

/** `Mikrotik-Group` names a PPP profile or a group of router users. */
export const mikrotik = {
  'Mikrotik-Recv-Limit': plain(1, 'integer'),
  'Mikrotik-Xmit-Limit': plain(2, 'integer'),
  'Mikrotik-Group': plain(3, 'text'),
  'Mikrotik-Rate-Limit': plain(8, 'text'),
  'Mikrotik-Realm': plain(9, 'text'),
  'Mikrotik-Host-IP': plain(10, 'ipv4addr'),
  'Mikrotik-Mark-Id': plain(11, 'text'),
  'Mikrotik-Recv-Limit-Gigawords': plain(14, 'integer'),
  'Mikrotik-Xmit-Limit-Gigawords': plain(15, 'integer'),
  'Mikrotik-Total-Limit': plain(17, 'integer'),
  'Mikrotik-Total-Limit-Gigawords': plain(18, 'integer'),
  'Mikrotik-Address-List': plain(19, 'text'),
  'Mikrotik-Delegated-IPv6-Pool': plain(22, 'text'),
  'Mikrotik-DHCP-Option-Set': plain(23, 'text'),
  'Mikrotik-Switching-Filter': plain(30, 'text'),
} as const
