/** Tags of RFC 2868 §3: the octet that says which attributes of a packet describe the same tunnel. */
import { codecs } from './data-types.ts'
import type { DataType, DataTypes, TaggedValue } from './dictionary/definition.ts'

const highestTag = 0x1f

/** Reads a tagged value; 0 stands for no tag. Undefined when the octets are no value of the type. */
export function readTagged<Type extends DataType>(
  octets: Uint8Array,
  dataType: Type,
  isSalted: boolean,
): TaggedValue<DataTypes[Type]> | undefined {
  const first = octets[0] ?? 0xff
  // RFC 2868 §3.1, §3.2: an integer's tag takes the place of its highest octet.
  const isNumber = dataType === 'integer' || dataType === 'enum'
  // RFC 2868 §3.3: a first octet above 0x1F is no tag but the first of the string; §3.5: Tunnel-Password always has one.
  const hasTag = isNumber || isSalted || first <= highestTag
  const tag = hasTag && first <= highestTag ? first : 0
  const rest = isNumber ? withFirst(octets, 0) : hasTag ? octets.subarray(1) : octets
  if (octets.length === 0) return undefined
  const value = codecs[dataType].read(rest)
  return value === undefined ? undefined : { tag, value }
}

/** Writes a tagged value; undefined when the tag is beyond 31 or the value out of range (24 bits for integers). */
export function writeTagged<Type extends DataType>(
  { tag, value }: TaggedValue<DataTypes[Type]>,
  dataType: Type,
): Uint8Array | undefined {
  if (!Number.isInteger(tag) || tag < 0 || tag > highestTag) return undefined
  const octets = codecs[dataType].write(value)
  if (!octets) return undefined
  if (dataType !== 'integer' && dataType !== 'enum') return Uint8Array.of(tag, ...octets)
  return octets[0] === 0 ? withFirst(octets, tag) : undefined
}

function withFirst(octets: Uint8Array, first: number): Uint8Array {
  const copy = Uint8Array.from(octets)
  if (copy.length > 0) copy[0] = first
  return copy
}
