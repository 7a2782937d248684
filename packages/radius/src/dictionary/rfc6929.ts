/** RFC 6929's extended space: vendors in it, and what RFC 7499 and RFC 7930 put there; RFC 7268's concatenated type. */
import { defineIn, extended } from './definition.ts'

const { plain } = defineIn('standard')

/** @see {@link https://www.rfc-editor.org/rfc/rfc6929#section-3 RFC 6929 §3} */
export const rfc6929 = {
  'EAPoL-Announcement': plain(180, 'concat'),
  'Frag-Status': extended(241, 1, 'integer'),
  'Proxy-State-Length': extended(241, 2, 'integer'),
  'Response-Length': extended(241, 3, 'integer'),
  'Original-Packet-Code': extended(241, 4, 'integer'),
  'Extended-Vendor-Specific-1': extended(241, 26, 'evs'),
  'Extended-Vendor-Specific-2': extended(242, 26, 'evs'),
  'Extended-Vendor-Specific-3': extended(243, 26, 'evs'),
  'Extended-Vendor-Specific-4': extended(244, 26, 'evs'),
  'Extended-Vendor-Specific-5': extended(245, 26, 'evs'),
  'Extended-Vendor-Specific-6': extended(246, 26, 'evs'),
} as const
