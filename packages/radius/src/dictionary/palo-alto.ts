/** Vendor attributes of Palo Alto Networks (25461): groups for GlobalProtect, roles for administrators. */
import { defineIn } from './definition.ts'

const { plain } = defineIn({ vendorId: 25461 })

/** `PaloAlto-User-Group` is compared with the allow list of an authentication profile. */
export const paloAlto = {
  'PaloAlto-Admin-Role': plain(1, 'text'),
  'PaloAlto-Admin-Access-Domain': plain(2, 'text'),
  'PaloAlto-Panorama-Admin-Role': plain(3, 'text'),
  'PaloAlto-Panorama-Admin-Access-Domain': plain(4, 'text'),
  'PaloAlto-User-Group': plain(5, 'text'),
  'PaloAlto-User-Domain': plain(6, 'text'),
} as const
