/** Vendor attributes of Cisco ASA (3076): what its VPN takes from an Access-Accept. */
import { defineIn } from './definition.ts'

const { plain, enumerated } = defineIn({ vendorId: 3076 })

/** `ASA-Group-Policy` (25) chooses the group policy, as `OU=name;` in Class does. */
export const ciscoAsa = {
  'ASA-Simultaneous-Logins': plain(2, 'integer'),
  'ASA-Primary-DNS': plain(5, 'ipv4addr'),
  'ASA-Secondary-DNS': plain(6, 'ipv4addr'),
  'ASA-Tunneling-Protocols': plain(11, 'integer'),
  'ASA-Banner1': plain(15, 'text'),
  'ASA-Group-Policy': plain(25, 'text'),
  'ASA-IPsec-Split-Tunnel-List': plain(27, 'text'),
  'ASA-IPsec-Default-Domain': plain(28, 'text'),
  'ASA-IPsec-Split-DNS-Names': plain(29, 'text'),
  'ASA-Banner2': plain(36, 'text'),
  'ASA-IPsec-Split-Tunneling-Policy': enumerated(55, {
    'No-Split-Tunneling': 0,
    'Split-Tunneling': 1,
    'Local-LAN-Permitted': 2,
  }),
  'ASA-DHCP-Network-Scope': plain(61, 'ipv4addr'),
  'ASA-WebVPN-URL-List': plain(71, 'text'),
  'ASA-Tunnel-Group-Lock': plain(85, 'text'),
  'ASA-Access-List-Inbound': plain(86, 'text'),
  'ASA-Access-List-Outbound': plain(87, 'text'),
  'ASA-VLAN': plain(140, 'integer'),
  'ASA-Member-Of': plain(145, 'text'),
  'ASA-Address-Pools': plain(217, 'text'),
  'ASA-IPv6-Address-Pools': plain(218, 'text'),
  'ASA-IPv6-VPN-Filter': plain(219, 'text'),
  'ASA-Privilege-Level': plain(220, 'integer'),
} as const
