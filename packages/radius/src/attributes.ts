/** Attributes by name: read from a packet and made for one, with the TypeScript type that each name implies. */
import { codecs } from './data-types.ts'
import type { DataType, DataTypes, Definition, TaggedValue } from './dictionary/definition.ts'
import { definitionOf, type AttributeName, type Dictionary } from './dictionary/index.ts'
import { EncodeError } from './encode.ts'
import { extendedAttribute, joinOctets, readExtendedAttributes } from './extended.ts'
import { maximumValueBytes, type Attribute, type Packet } from './packet.ts'
import { readTagged, writeTagged } from './tagged.ts'
import { readVendorAttributes, vendorAttribute } from './vendor.ts'

/** What reading an attribute of this name yields: `string` for User-Name, `number` for NAS-Port. */
export type AttributeValue<Name extends AttributeName> = Dictionary[Name]['tagged'] extends true
  ? TaggedValue<DataTypes[Dictionary[Name]['dataType']]>
  : DataTypes[Dictionary[Name]['dataType']]

/** What can be written under this name: its value, or the name of an enumerated one. */
export type WritableValue<Name extends AttributeName> =
  Dictionary[Name] extends Definition<infer Type, infer Tagged, infer Names>
    ? Tagged extends true
      ? TaggedValue<DataTypes[Type] | Names>
      : DataTypes[Type] | Names
    : never

type Carrier = Pick<Packet, 'attributes'>

/**
 * The first value of a name, or undefined when it is absent or its octets are no value of its type. Values that are
 * hidden on the wire (User-Password, Tunnel-Password, MPPE keys) are read as they lie there.
 */
export function readAttribute<Name extends AttributeName>(
  packet: Carrier,
  name: Name,
): AttributeValue<Name> | undefined {
  return readAttributes(packet, name)[0]
}

/** All values of a name in the order of the wire; invalid ones are left out, concatenated ones are joined into one. */
export function readAttributes<Name extends AttributeName>(
  packet: Carrier,
  name: Name,
): readonly AttributeValue<Name>[] {
  const definition = definitionOf(name)
  const values: unknown[] = []
  for (const octets of octetsAt(packet.attributes, definition)) {
    const value = readValue(octets, definition)
    if (value !== undefined) values.push(value)
  }
  // The dictionary ties the name to the data type that the codec was chosen by.
  return values as AttributeValue<Name>[]
}

/** The octets of the first attribute of a name, valid or not. */
export function readOctets(packet: Carrier, name: AttributeName): Uint8Array | undefined {
  return octetsAt(packet.attributes, definitionOf(name))[0]
}

/**
 * Makes one attribute by name. Throws a RangeError for a value out of its type's range, and EncodeError for one that
 * needs several attributes: {@link attributes} makes those.
 */
export function attribute<Name extends AttributeName>(name: Name, value: WritableValue<Name>): Attribute {
  const definition = definitionOf(name)
  const { path, dataType } = definition
  if (path.space === 'standard' && dataType !== 'concat')
    return single(name, path.type, octetsOf(name, value, definition))
  const [first, ...more] = attributes(name, value)
  if (!first || more.length > 0) throw new EncodeError('attribute-too-long', `${name} needs more than one attribute`)
  return first
}

/** Makes as many attributes of a name as its value needs: several for a long EAP-Message or a long extended one. */
export function attributes<Name extends AttributeName>(name: Name, value: WritableValue<Name>): readonly Attribute[] {
  const definition = definitionOf(name)
  const octets = octetsOf(name, value, definition)
  const { path } = definition
  switch (path.space) {
    case 'vendor':
      return [vendorAttribute(path.vendorId, path.type, octets)]
    case 'extended':
      return extendedAttribute({ ...path, value: octets })
    case 'standard':
      return definition.dataType === 'concat' ? fragments(path.type, octets) : [single(name, path.type, octets)]
  }
}

function octetsAt(all: readonly Attribute[], { path, dataType }: Definition): readonly Uint8Array[] {
  switch (path.space) {
    case 'vendor': {
      const { vendorId, type } = path
      return all.flatMap((each) =>
        (readVendorAttributes(each, vendorId) ?? []).filter((inner) => inner.type === type).map(({ value }) => value),
      )
    }
    case 'extended':
      return readExtendedAttributes(all)
        .filter((each) => each.type === path.type && each.extendedType === path.extendedType)
        .map(({ value }) => value)
    case 'standard': {
      const found: Uint8Array[] = []
      for (const each of all) if (each.type === path.type) found.push(each.value)
      // RFC 3579 §3.1, RFC 8044 §3.6: the value goes on over the attributes of its type.
      return dataType === 'concat' && found.length > 1 ? [joinOctets(found)] : found
    }
  }
}

function readValue(octets: Uint8Array, { dataType, tagged, concealment }: Definition): unknown {
  return tagged ? readTagged(octets, dataType, concealment === 'salted') : codecs[dataType].read(octets)
}

function octetsOf(name: AttributeName, value: unknown, definition: Definition): Uint8Array {
  const octets = writeValue(value, definition)
  if (!octets) throw new RangeError(`not a value of ${name}`)
  return octets
}

function writeValue(value: unknown, definition: Definition): Uint8Array | undefined {
  const { dataType, tagged } = definition
  if (!tagged) return codecFor(dataType).write(numbered(value, definition))
  const { tag, value: inner } = value as TaggedValue<DataTypes[DataType]>
  return writeTagged({ tag, value: numbered(inner, definition) as DataTypes[DataType] }, dataType)
}

/** The number that an enumerated value's name stands for; other values as they are. */
function numbered(value: unknown, { values }: Definition): unknown {
  return typeof value === 'string' && values && Object.hasOwn(values, value) ? values[value] : value
}

function codecFor(dataType: DataType): { write(value: unknown): Uint8Array | undefined } {
  // Callers hold the dictionary's promise that the value is of this type.
  return codecs[dataType]
}

function single(name: AttributeName, type: number, value: Uint8Array): Attribute {
  if (value.length > maximumValueBytes) {
    throw new EncodeError('attribute-too-long', `${name} has ${value.length} of 253 octets`)
  }
  return { type, value }
}

function fragments(type: number, value: Uint8Array): readonly Attribute[] {
  const parts: Attribute[] = []
  for (let at = 0; at === 0 || at < value.length; at += maximumValueBytes) {
    parts.push({ type, value: value.subarray(at, at + maximumValueBytes) })
  }
  return parts
}
