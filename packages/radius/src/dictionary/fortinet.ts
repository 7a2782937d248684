/** Vendor attributes of Fortinet (12356): the group that a FortiGate looks for, and what an administrator of it may do. */
import { defineIn } from './definition.ts'

const { plain } = defineIn({ vendorId: 12356 })

/** `Fortinet-Group-Name` is compared with the group of the firewall’s own user group. */
export const fortinet = {
  'Fortinet-Group-Name': plain(1, 'text'),
  'Fortinet-Client-IP-Address': plain(2, 'ipv4addr'),
  'Fortinet-Vdom-Name': plain(3, 'text'),
  'Fortinet-Interface-Name': plain(5, 'text'),
  'Fortinet-Access-Profile': plain(6, 'text'),
} as const
