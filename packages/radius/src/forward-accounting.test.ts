import { describe, expect, test } from 'vitest'

import { attribute, readAttribute, readAttributes, readOctets } from './attributes.ts'
import { encodeRequest } from './encode.ts'
import { forwardAccounting, hasHiddenValues, keptOfAccounting, type HeldAccounting } from './forward-accounting.ts'
import { proxyStates } from './proxy-state.ts'
import { hideSalted, revealSalted } from './salted.ts'
import { createSharedSecret } from './shared-secret.ts'

const clientSecret = createSharedSecret('the secret of the device')
const secret = createSharedSecret('the secret of the server')
const zeros = new Uint8Array(16)
const proxyState = Uint8Array.of(1, 2, 3, 4)
const start = [attribute('Acct-Status-Type', 'Start'), attribute('Acct-Session-Id', 'S1')]

const forward = (fields: Partial<HeldAccounting> = {}) => {
  const held = { attributes: start, clientSecret: undefined, secret, heldSeconds: 0, proxyState }
  return forwardAccounting({ ...held, messageAuthenticator: false, ...fields })
}

describe('an Accounting-Request is forwarded', () => {
  test('as it came, with a Proxy-State of ours behind those that are there (RFC 2865 §5.33)', () => {
    const attributes = [...start, { type: 33, value: Uint8Array.of(9) }]
    const forwarded = forward({ attributes })
    expect(forwarded.attributes).toEqual([...attributes, { type: 33, value: proxyState }])
    expect(proxyStates(forwarded).map(({ value }) => [...value])).toEqual([[9], [1, 2, 3, 4]])
  })

  test('with the time that it was held added to its Acct-Delay-Time (RFC 2866 §5.2)', () => {
    const delay = (seconds: number, heldSeconds: number) =>
      readAttributes(
        forward({ attributes: [...start, attribute('Acct-Delay-Time', seconds)], heldSeconds }),
        'Acct-Delay-Time',
      )
    expect(delay(5, 0)).toEqual([5])
    expect(delay(5, 37)).toEqual([42])
    expect(delay(0xffffffff, 37)).toEqual([0xffffffff])
    expect(readAttribute(forward({ heldSeconds: 37 }), 'Acct-Delay-Time')).toBe(37)
    expect(readAttribute(forward(), 'Acct-Delay-Time')).toBeUndefined()
  })

  test('without what must not be in it (RFC 2866 §4.1), nor what concerns one hop', () => {
    const attributes = [2, 3, 18, 24, 80].map((type) => ({ type, value: new Uint8Array(16) }))
    expect(keptOfAccounting([...attributes, ...start])).toEqual(start)
    expect(readOctets(forward({ attributes: [...attributes, ...start] }), 'User-Password')).toBeUndefined()
  })

  test('with what is hidden in it hidden anew for the server', () => {
    const plain = Buffer.from('tunnel secret')
    const hidden = hideSalted(plain, clientSecret, zeros, Uint8Array.of(0x80, 1))
    const attributes = [...start, { type: 69, value: Uint8Array.of(1, ...hidden) }]
    expect(hasHiddenValues(attributes)).toBe(true)
    expect(hasHiddenValues(start)).toBe(false)
    const there = readOctets(forward({ attributes, clientSecret }), 'Tunnel-Password')
    expect(there?.[0]).toBe(1)
    expect(Buffer.from(revealSalted(there?.subarray(1) ?? zeros, secret, zeros) ?? [])).toEqual(plain)
  })

  test('with hidden values of a vendor recognised', () => {
    const inner = Uint8Array.of(0, 0, 1, 0x37, 16, 34, ...new Uint8Array(32))
    expect(hasHiddenValues([{ type: 26, value: inner }])).toBe(true)
    expect(hasHiddenValues([{ type: 26, value: Uint8Array.of(0, 0, 0, 9, 1, 4, 65, 66) }])).toBe(false)
  })

  test('whole, even where it leaves no room for what is ours', () => {
    const filling = Array.from({ length: 15 }, () => ({ type: 25, value: new Uint8Array(253) }))
    const full = (octets: number) => [...start, ...filling, { type: 25, value: new Uint8Array(octets) }]
    // 4,096 octets: 20 of the header, 10 of the start, 3,825 of the filling.
    const encode = (octets: number, messageAuthenticator: boolean) => {
      const { attributes } = forward({ attributes: full(octets), heldSeconds: 7, messageAuthenticator })
      encodeRequest({ code: 4, identifier: 1, attributes, secret, messageAuthenticator })
      return [readAttribute({ attributes }, 'Acct-Delay-Time'), proxyStates({ attributes }).length]
    }
    expect(encode(239, false)).toEqual([undefined, 0])
    expect(encode(233, false)).toEqual([7, 0])
    expect(encode(227, false)).toEqual([7, 1])
    expect(encode(209, true)).toEqual([7, 1])
    expect(encode(215, true)).toEqual([7, 0])
  })
})
