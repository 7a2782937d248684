/** Which types and vendors hide something: most attributes are passed over by these alone. */
import { definitionOf, dictionary, isAttributeName } from './index.ts'

const vendors = new Set<number>()
const types: boolean[] = Array.from({ length: 256 }, () => false)
for (const name of Object.keys(dictionary).filter(isAttributeName)) {
  const { path, concealment } = definitionOf(name)
  if (!concealment) continue
  if (path.space === 'vendor') vendors.add(path.vendorId)
  if (path.space === 'standard') types[path.type] = true
}

/** Whether a standard type is a password, a proof of one, or a key. */
export function isHidingType(type: number): boolean {
  return types[type] === true
}

/** Whether a vendor has any attribute that is. */
export function isHidingVendor(vendorId: number): boolean {
  return vendors.has(vendorId)
}
