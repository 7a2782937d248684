/** What a log may keep of a packet: everything but its secrets. */
import { expect, it } from 'vitest'

import { attribute } from './attributes.ts'
import { describeAttributes } from './describe.ts'
import { definitionOf, dictionary, isAttributeName } from './dictionary/index.ts'
import type { Attribute } from './packet.ts'
import { decodeTlvs } from './tlv.ts'
import { vendorAttribute } from './vendor.ts'
import { withoutSecrets } from './without-secrets.ts'

const secret = new TextEncoder().encode('correct horse battery')
const kept = (attributes: readonly Attribute[]) => decodeTlvs(withoutSecrets(attributes)) ?? []
const concealed = Object.keys(dictionary)
  .filter(isAttributeName)
  .filter((name) => definitionOf(name).concealment !== undefined)

it.each(concealed)('empties %s, and describes it as it was described before', (name) => {
  const { path } = definitionOf(name)
  if (path.space === 'extended') throw new Error('an extended attribute with a secret needs a rule of its own')
  const hidden =
    path.space === 'vendor' ? vendorAttribute(path.vendorId, path.type, secret) : { type: path.type, value: secret }
  const octets = withoutSecrets([hidden])
  expect(Buffer.from(octets).includes(Buffer.from(secret))).toBe(false)
  expect(describeAttributes({ attributes: kept([hidden]) })).toEqual(describeAttributes({ attributes: [hidden] }))
})

it('keeps everything else as it lay on the wire, in its order', () => {
  const attributes = [
    attribute('User-Name', 'alice'),
    attribute('User-Password', secret),
    attribute('MS-CHAP-Challenge', secret),
    vendorAttribute(9, 1, secret),
    { type: 26, value: Uint8Array.of(1, 2, 3) },
    { type: 242, value: Uint8Array.of(7, 0xab) },
    { type: 200, value: Uint8Array.of() },
  ]
  const expected = attributes.map(({ type, value }) => ({ type, value: type === 2 ? [] : [...value] }))
  expect(kept(attributes).map(({ type, value }) => ({ type, value: [...value] }))).toEqual(expected)
})

it('empties the secret among several attributes of one vendor, and leaves its neighbours', () => {
  const both = Uint8Array.of(0, 0, 1, 55, 16, 2 + secret.length, ...secret, 7, 6, 0, 0, 0, 1)
  expect(kept([{ type: 26, value: both }]).map(({ value }) => [...value])).toEqual([
    [0, 0, 1, 55, 16, 2, 7, 6, 0, 0, 0, 1],
  ])
})
