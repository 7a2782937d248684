/** The whole dictionary: every attribute by name, and names by where an attribute lies. */
import { checkPoint } from './check-point.ts'
import { cisco } from './cisco.ts'
import { ciscoAsa } from './cisco-asa.ts'
import { citrix } from './citrix.ts'
import type { AttributePath, Definition } from './definition.ts'
import { fortinet } from './fortinet.ts'
import { ipv6 } from './ipv6.ts'
import { juniper } from './juniper.ts'
import { microsoft } from './microsoft.ts'
import { mikrotik } from './mikrotik.ts'
import { paloAlto } from './palo-alto.ts'
import { rfc2865 } from './rfc2865.ts'
import { rfc2866 } from './rfc2866.ts'
import { rfc2868 } from './rfc2868.ts'
import { rfc2869 } from './rfc2869.ts'
import { rfc5090 } from './rfc5090.ts'
import { rfc5176 } from './rfc5176.ts'
import { rfc6929 } from './rfc6929.ts'

/** Every attribute that this library knows by name. */
export const dictionary = {
  ...rfc2865,
  ...rfc2866,
  ...rfc2868,
  ...rfc2869,
  ...ipv6,
  ...rfc5176,
  ...rfc5090,
  ...rfc6929,
  ...microsoft,
  ...cisco,
  ...ciscoAsa,
  ...fortinet,
  ...paloAlto,
  ...checkPoint,
  ...citrix,
  ...juniper,
  ...mikrotik,
} as const

/** Where each attribute is from: its RFC, or its vendor. */
export const dictionarySources: readonly { readonly source: string; readonly names: readonly AttributeName[] }[] = [
  from('RFC 2865', rfc2865),
  from('RFC 2866', rfc2866),
  from('RFC 2868', rfc2868),
  from('RFC 2869', rfc2869),
  from('RFC 3162, 4818, 6911', ipv6),
  from('RFC 5176', rfc5176),
  from('RFC 5090', rfc5090),
  from('RFC 6929', rfc6929),
  from('Microsoft', microsoft),
  from('Cisco', cisco),
  from('Cisco ASA', ciscoAsa),
  from('Fortinet', fortinet),
  from('Palo Alto', paloAlto),
  from('Check Point', checkPoint),
  from('Citrix', citrix),
  from('Juniper', juniper),
  from('MikroTik', mikrotik),
]

export type Dictionary = typeof dictionary
/** The name of a known attribute, as its RFC writes it. */
export type AttributeName = keyof Dictionary

const names = new Map<string, AttributeName>()
for (const name of Object.keys(dictionary) as AttributeName[]) names.set(pathKey(dictionary[name].path), name)

/** Whether a word, say of an administrator, names a known attribute. */
export function isAttributeName(word: string): word is AttributeName {
  return Object.hasOwn(dictionary, word)
}

/** The definition of a known attribute, without the type that its name implies. */
export function definitionOf(name: AttributeName): Definition {
  return dictionary[name]
}

/** The name of what lies at a path, if it is known. */
export function nameAt(path: AttributePath): AttributeName | undefined {
  return names.get(pathKey(path))
}

/** The name of a standard attribute type, or `Attribute-N`. */
export function attributeName(type: number): string {
  return nameAt({ space: 'standard', type }) ?? `Attribute-${type}`
}

/** The name of an enumerated value, as `Framed-User` for 2 of Service-Type; undefined when it has none. */
export function valueName(name: AttributeName, value: number): string | undefined {
  const { values } = definitionOf(name)
  return values && Object.keys(values).find((word) => values[word] === value)
}

function pathKey(path: AttributePath): string {
  switch (path.space) {
    case 'standard':
      return String(path.type)
    case 'vendor':
      return `26.${path.vendorId}.${path.type}`
    case 'extended':
      return `${path.type}.${path.extendedType}`
  }
}

function from(source: string, attributes: Partial<Dictionary>) {
  return { source, names: Object.keys(attributes) as AttributeName[] }
}
