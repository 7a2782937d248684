/** MPPE keys against the samples of RFC 3079 §3.5. */
import { describe, expect, it } from 'vitest'

import { getAsymmetricStartKey, getMasterKey, mppeKeys } from './mppe.ts'
import { sha1 } from './mschap-v2.ts'
import { rc4 } from './rc4.ts'

const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))
const passwordHashHash = hex('41C00C584BD2D91C4017A2A12FA59F3F')
const ntResponse = hex('82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF')
const masterKey = hex('FDECE3717A8C838CB388E527AE3CDD31')

/** RFC 3079 §7: the session key of a start key, before the shorter ones are salted. */
const sessionKey = (startKey: Uint8Array) =>
  sha1(startKey, new Uint8Array(40), startKey, new Uint8Array(40).fill(0xf2)).subarray(0, startKey.length)

describe('MPPE keys of MS-CHAPv2 (RFC 3079 §3.5)', () => {
  it('start from the master key', () => {
    expect(getMasterKey(passwordHashHash, ntResponse)).toEqual(masterKey)
  })

  it('have 64 bits for 40 and 56 bit encryption, and encrypt the sample’s message (§3.5.1, §3.5.2)', () => {
    const start = getAsymmetricStartKey(masterKey, { lengthBytes: 8, isSend: true, isServer: true })
    expect(start).toEqual(hex('8B7CDC149B993A1B'))
    const session = sessionKey(start)
    const salted = (salt: string) => Uint8Array.from([...hex(salt), ...session.subarray(salt.length / 2)])
    expect(salted('D1269E')).toEqual(hex('D1269EC49FA62E3E'))
    expect(salted('D1')).toEqual(hex('D15C00C49FA62E3E'))
    expect(rc4(salted('D1269E'), new TextEncoder().encode('test message'))).toEqual(hex('929137917E5803D668D75898'))
  })

  it('have 128 bits otherwise, and encrypt the sample’s message (§3.5.3)', () => {
    const start = getAsymmetricStartKey(masterKey, { lengthBytes: 16, isSend: true, isServer: true })
    expect(start).toEqual(hex('8B7CDC149B993A1BA118CB153F56DCCB'))
    const session = sessionKey(start)
    expect(session).toEqual(hex('405CB2247A7956E6E211007AE27B22D4'))
    expect(rc4(session, new TextEncoder().encode('test message'))).toEqual(hex('81848317DF68846272FB5ABE'))
  })

  it('are the other way round on the other side', () => {
    const key = (isSend: boolean, isServer: boolean) =>
      getAsymmetricStartKey(masterKey, { lengthBytes: 16, isSend, isServer })
    expect(key(true, true)).toEqual(key(false, false))
    expect(key(false, true)).toEqual(key(true, false))
    expect(key(true, true)).not.toEqual(key(false, true))
    expect(mppeKeys(passwordHashHash, ntResponse)).toEqual({ sendKey: key(true, true), recvKey: key(false, true) })
  })
})
