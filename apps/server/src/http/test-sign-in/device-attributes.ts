/** What a simulated device says about itself: attributes by their dictionary names, written by an administrator as text. */
import { isIP } from 'node:net'
import type { TestAttributeName } from '@sallyport/contract'
import { attribute, dictionary, type Attribute } from '@sallyport/radius'

export interface NamedText {
  readonly name: TestAttributeName
  readonly value: string
}

/** The attribute, or undefined where the text is no value of its type: a number, an address, the name of a value. */
export function deviceAttribute({ name, value }: NamedText): Attribute | undefined {
  const definition = dictionary[name]
  const values: Readonly<Record<string, number>> = 'values' in definition ? (definition.values ?? {}) : {}
  const { dataType } = definition
  const isNumber = dataType === 'integer' || dataType === 'enum'
  if (isNumber && !/^\d{1,10}$/.test(value) && !Object.hasOwn(values, value)) return undefined
  const written = isNumber && /^\d+$/.test(value) ? Number(value) : value
  try {
    // The data type was looked up under this very name.
    return attribute(name, written as never)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** What goes along where nobody said it: RFC 2865 §4.1 wants every Access-Request to name its device. */
export function identityOf(clientAddress: string, given: readonly NamedText[]): readonly NamedText[] {
  const identities: readonly TestAttributeName[] = ['NAS-IP-Address', 'NAS-IPv6-Address', 'NAS-Identifier']
  if (given.some(({ name }) => identities.includes(name))) return []
  const names = { 4: 'NAS-IP-Address', 6: 'NAS-IPv6-Address' } as const
  const family = isIP(clientAddress)
  if (family === 4 || family === 6) return [{ name: names[family], value: clientAddress }]
  return [{ name: 'NAS-Identifier', value: 'sallyport-test' }]
}
