/** A packet's attributes as a log may keep them: as they lay on the wire, with every password, proof and key emptied. */
import { isHidingType, isHidingVendor } from './dictionary/hiding.ts'
import { definitionOf, nameAt } from './dictionary/index.ts'
import type { AttributePath } from './dictionary/definition.ts'
import type { Attribute } from './packet.ts'
import { decodeTlvs, encodeTlvs } from './tlv.ts'
import { readVendorValue, vendorSpecificType, writeVendorValue } from './vendor.ts'

const empty = new Uint8Array(0)
/**
 * The attributes one behind the other, for `decodeTlvs` and then {@link describeAttributes}, which shows the emptied ones as
 * masked. What the dictionary does not call a secret is kept as it is. Never throws for attributes that were decoded.
 */
export function withoutSecrets(attributes: readonly Attribute[]): Uint8Array {
  return encodeTlvs(attributes.map(emptied))
}

function emptied(attribute: Attribute): Attribute {
  const { type } = attribute
  if (type === vendorSpecificType) return emptiedVendor(attribute)
  return isHidingType(type) ? { type, value: empty } : attribute
}

function emptiedVendor(attribute: Attribute): Attribute {
  const vendor = readVendorValue(attribute.value)
  if (!vendor || !isHidingVendor(vendor.vendorId)) return attribute
  const { vendorId } = vendor
  const inner = decodeTlvs(vendor.data)
  if (!inner?.some(({ type }) => isSecret({ space: 'vendor', vendorId, type }))) return attribute
  const kept = inner.map((each) =>
    isSecret({ space: 'vendor', vendorId, type: each.type }) ? { ...each, value: empty } : each,
  )
  return { type: vendorSpecificType, value: writeVendorValue({ vendorId, data: encodeTlvs(kept) }) }
}

function isSecret(path: AttributePath): boolean {
  const name = nameAt(path)
  return name !== undefined && definitionOf(name).concealment !== undefined
}
