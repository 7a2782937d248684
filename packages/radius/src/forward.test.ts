/** What a proxy copies, attribute by attribute: hidden ones anew, those of one hop not at all. */
import { describe, expect, it } from 'vitest'

import { attribute, readAttribute, readAttributes, readOctets } from './attributes.ts'
import { chapPassword, verifyChapPassword } from './chap.ts'
import { describeAttributes } from './describe.ts'
import { forwardReply, forwardRequest } from './forward.ts'
import type { Attribute } from './packet.ts'
import { hideSalted, revealSalted } from './salted.ts'
import { createSharedSecret } from './shared-secret.ts'
import { hideUserPassword, readUserPassword, revealPadded } from './user-password.ts'
import { vendorAttribute, writeVendorValue } from './vendor.ts'

const near = { secret: createSharedSecret('of the client'), authenticator: new Uint8Array(16).fill(1) }
const far = { secret: createSharedSecret('of the server'), authenticator: new Uint8Array(16).fill(2) }
const bytes = (text: string) => new TextEncoder().encode(text)
const names = (attributes: readonly Attribute[]) => describeAttributes({ attributes }).map(({ name }) => name)
const salt = Uint8Array.of(0x80, 1)

function request(...attributes: readonly Attribute[]) {
  return { attributes, authenticator: near.authenticator }
}

describe('a request that is forwarded', () => {
  it('has its User-Password hidden for the next server', () => {
    const hidden = hideUserPassword('a password of more than sixteen', near.secret, near.authenticator)
    const { attributes, unreadable } = forwardRequest(request(attribute('User-Password', hidden)), near.secret, far)
    const read = readUserPassword({ attributes, authenticator: far.authenticator }, far.secret)
    expect(read && new TextDecoder().decode(read)).toBe('a password of more than sixteen')
    expect(unreadable).toEqual([])
  })

  it('has the challenge of CHAP with it, when the client’s authenticator was it (RFC 2865 §5.40)', () => {
    const proof = attribute('CHAP-Password', chapPassword(7, bytes('pw'), near.authenticator))
    const { attributes } = forwardRequest(request(proof), near.secret, far)
    expect(verifyChapPassword({ attributes, authenticator: far.authenticator }, bytes('pw'))).toBe(true)
    expect(names(attributes)).toEqual(['CHAP-Password', 'CHAP-Challenge'])
    const own = attribute('CHAP-Challenge', bytes('a challenge of 1'))
    expect(forwardRequest(request(proof, own), near.secret, far).attributes).toEqual([proof, own])
  })

  it('keeps all else as it is, in its order, and the Proxy-State of ours comes last (RFC 2865 §5.33)', () => {
    const attributes = [
      attribute('User-Name', 'alice'),
      attribute('Proxy-State', bytes('theirs')),
      attribute('MS-CHAP-Challenge', bytes('sixteen octets..')),
      attribute('MS-CHAP2-Response', new Uint8Array(50).fill(3)),
      attribute('EAP-Message', bytes('eap')),
      vendorAttribute(9, 1, bytes('a Cisco one')),
      { type: 26, value: writeVendorValue({ vendorId: 429, data: bytes('a format of its own') }) },
      { type: 200, value: bytes('unknown') },
    ]
    const forwarded = forwardRequest(request(...attributes), near.secret, { ...far, proxyState: bytes('ours') })
    expect(forwarded.attributes).toEqual([...attributes, attribute('Proxy-State', bytes('ours'))])
  })

  it('loses what concerns one hop, and a password that can’t be read, by name', () => {
    const malformed = attribute('User-Password', new Uint8Array(15))
    const hop = [attribute('Message-Authenticator', new Uint8Array(16)), attribute('Response-Length', 4096)]
    const kept = attribute('Frag-Status', 1)
    const forwarded = forwardRequest(request(malformed, ...hop, kept), near.secret, far)
    expect(forwarded).toEqual({ attributes: [kept], unreadable: ['User-Password'] })
  })
})

describe('a reply that is forwarded', () => {
  const key = (fill: number) => new Uint8Array(16).fill(fill)
  const hidden = (plain: Uint8Array) => hideSalted(plain, far.secret, far.authenticator, salt)
  const reveal = (octets: Uint8Array | undefined) => octets && revealSalted(octets, near.secret, near.authenticator)

  it('has Tunnel-Password and the MPPE keys hidden for the client, under salts that differ', () => {
    // Both keys under one salt, as a careless server sends them, and in one Vendor-Specific.
    const [send, receive] = [
      attribute('MS-MPPE-Send-Key', hidden(key(5))),
      attribute('MS-MPPE-Recv-Key', hidden(key(6))),
    ]
    const both = { type: 26, value: Uint8Array.of(...send.value, ...receive.value.subarray(4)) }
    const tunnel = attribute('Tunnel-Password', { tag: 2, value: hidden(bytes('tunnel')) })
    const reply = forwardReply({ attributes: [both, tunnel] }, far, near)
    expect(reply.unreadable).toEqual([])
    expect(reply.attributes).toHaveLength(2)
    expect(reveal(readOctets(reply, 'MS-MPPE-Send-Key'))).toEqual(key(5))
    expect(reveal(readOctets(reply, 'MS-MPPE-Recv-Key'))).toEqual(key(6))
    const password = readAttribute(reply, 'Tunnel-Password')
    expect(password?.tag).toBe(2)
    expect(reveal(password?.value)).toEqual(bytes('tunnel'))
    const salts = [readOctets(reply, 'MS-MPPE-Send-Key'), readOctets(reply, 'MS-MPPE-Recv-Key'), password?.value]
    expect(new Set(salts.map((octets) => octets?.subarray(0, 2).join('.'))).size).toBe(3)
  })

  it('has MS-CHAP-MPPE-Keys hidden likewise, the zeros at their end included (RFC 2548 §2.4.1)', () => {
    const keys = Uint8Array.of(...key(7), ...new Uint8Array(16))
    const sent = attribute('MS-CHAP-MPPE-Keys', hideUserPassword(keys, far.secret, far.authenticator))
    const reply = forwardReply({ attributes: [sent] }, far, near)
    const octets = readOctets(reply, 'MS-CHAP-MPPE-Keys')
    expect(octets && revealPadded(octets, near.secret, near.authenticator)).toEqual(keys)
  })

  it('keeps all else, and leaves out Proxy-State, Message-Authenticator and what concerns one hop', () => {
    const kept = [attribute('Reply-Message', 'Hello'), attribute('State', bytes('s')), attribute('Class', bytes('c'))]
    const left = [
      attribute('Proxy-State', bytes('ours')),
      attribute('Message-Authenticator', new Uint8Array(16)),
      attribute('Original-Packet-Code', 1),
    ]
    expect(forwardReply({ attributes: [...left, ...kept] }, far, near)).toEqual({ attributes: kept, unreadable: [] })
  })

  it('loses hidden values that can’t be read, by name, and not their neighbours', () => {
    const broken = attribute('MS-MPPE-Send-Key', new Uint8Array(5))
    const policy = attribute('MS-MPPE-Encryption-Policy', 'Encryption-Allowed')
    const both = { type: 26, value: Uint8Array.of(...policy.value, ...broken.value.subarray(4)) }
    const reply = forwardReply({ attributes: [both, broken] }, far, near)
    expect(reply).toEqual({ attributes: [policy], unreadable: ['MS-MPPE-Send-Key', 'MS-MPPE-Send-Key'] })
    expect(readAttributes(reply, 'MS-MPPE-Encryption-Policy')).toEqual([1])
  })
})
