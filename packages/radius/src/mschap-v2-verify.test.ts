/** The server's check of MS-CHAPv2 on RFC 2759's example, and what it puts into the Accept. */
import { describe, expect, it } from 'vitest'

import { readAttribute, readOctets } from './attributes.ts'
import { readMschapV2Success } from './mschap-attributes.ts'
import { generateNtResponse, ntPasswordHash } from './mschap-v2.ts'
import { mschapV2AcceptAttributes, proveMschapV2, verifyMschapV2 } from './mschap-v2-verify.ts'
import { revealSalted } from './salted.ts'
import { createSharedSecret } from './shared-secret.ts'

const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))
const authenticatorChallenge = hex('5B5D7C7D7B3F2F3E3C2C602132262628')
const response = {
  ident: 5,
  peerChallenge: hex('21402324255E262A28295F2B3A337C7E'),
  ntResponse: hex('82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF'),
}
const ntHash = ntPasswordHash('clientPass')
const exchange = { authenticatorChallenge, response, ntHash }
const proof = {
  ident: 5,
  success: 'S=407A5589115FD0D6209F510FE9C04566932CDA56',
  sendKey: hex('8B7CDC149B993A1BA118CB153F56DCCB'),
}

describe('a check of MS-CHAPv2', () => {
  it('yields the proof and the keys of the example (RFC 2759 §9.2, RFC 3079 §3.5.3)', () => {
    expect(verifyMschapV2({ ...exchange, username: 'User' })).toMatchObject(proof)
  })

  it('leaves the domain out of the name (RFC 2759 §4)', () => {
    const username = new TextEncoder().encode('BIGCO\\User')
    expect(verifyMschapV2({ ...exchange, username })).toMatchObject(proof)
    const { success } = proveMschapV2({
      authenticatorChallenge,
      response,
      username,
      passwordHashHash: hex('41C00C584BD2D91C4017A2A12FA59F3F'),
    })
    expect(success).toBe(proof.success)
  })

  it('takes a name that was hashed with its domain, and proves itself with the same', () => {
    const username = 'BIGCO\\User'
    const ntResponse = generateNtResponse(authenticatorChallenge, response.peerChallenge, username, ntHash)
    const found = verifyMschapV2({ ...exchange, username, response: { ...response, ntResponse } })
    expect(found?.success).toMatch(/^S=[0-9A-F]{40}$/)
    expect(found?.success).not.toBe(proof.success)
  })

  it('fails with another password, name or challenge', () => {
    expect(verifyMschapV2({ ...exchange, username: 'User', ntHash: ntPasswordHash('clientpass') })).toBeUndefined()
    expect(verifyMschapV2({ ...exchange, username: 'user' })).toBeUndefined()
    const other = Uint8Array.from(authenticatorChallenge).fill(0, 15)
    expect(verifyMschapV2({ ...exchange, username: 'User', authenticatorChallenge: other })).toBeUndefined()
  })

  it('fills an Access-Accept: the success, and keys that the client’s secret reveals, each under a salt of its own', () => {
    const verified = verifyMschapV2({ ...exchange, username: 'User' })
    if (!verified) throw new Error('not verified')
    const secret = createSharedSecret('a secret')
    const authenticator = new Uint8Array(16).fill(3)
    const attributes = mschapV2AcceptAttributes(verified, secret, authenticator, (octets) => octets.fill(0xff))
    const accept = { attributes }
    expect(readMschapV2Success(accept)).toEqual({ ident: 5, message: proof.success })
    const [sent, received] = (['MS-MPPE-Send-Key', 'MS-MPPE-Recv-Key'] as const).map((name) => readOctets(accept, name))
    if (!sent || !received) throw new Error('no keys')
    expect(revealSalted(sent, secret, authenticator)).toEqual(verified.sendKey)
    expect(revealSalted(received, secret, authenticator)).toEqual(verified.recvKey)
    expect(sent.subarray(0, 2)).not.toEqual(received.subarray(0, 2))
    expect(readAttribute(accept, 'MS-MPPE-Encryption-Types')).toBe(6)
  })
})
