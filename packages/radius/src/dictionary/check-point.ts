/** Vendor attributes of Check Point (2620): roles of Gaia. */
import { defineIn } from './definition.ts'

const { plain } = defineIn({ vendorId: 2620 })

/** `CP-Gaia-User-Role` names a role, `CP-Gaia-SuperUser-Access` is 0 or 1. */
export const checkPoint = {
  'CP-Gaia-User-Role': plain(229, 'text'),
  'CP-Gaia-SuperUser-Access': plain(230, 'integer'),
} as const
