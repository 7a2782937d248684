/** Vendor attributes of Cisco (9): pairs such as `ip:inacl#1=permit ip any any`, each in an attribute of its own. */
import { defineIn } from './definition.ts'

const { plain } = defineIn({ vendorId: 9 })

/** `Cisco-AVPair` may come several times. */
export const cisco = {
  'Cisco-AVPair': plain(1, 'text'),
} as const
