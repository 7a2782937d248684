/** Vendor attributes of Citrix (66): groups for the NetScaler Gateway. */
import { defineIn } from './definition.ts'

const { plain } = defineIn({ vendorId: 66 })

/** `Citrix-User-Groups` (16) is what group extraction is set to. */
export const citrix = {
  'Citrix-UID': plain(10, 'integer'),
  'Citrix-GID': plain(11, 'integer'),
  'Citrix-Home': plain(12, 'text'),
  'Citrix-Shell': plain(13, 'text'),
  'Citrix-Group-Names': plain(14, 'text'),
  'Citrix-Group-Ids': plain(15, 'text'),
  'Citrix-User-Groups': plain(16, 'text'),
} as const
