/** MS-CHAPv2 against the example of RFC 2759 §9.2, both directions. */
import { describe, expect, it } from 'vitest'

import {
  challengeHash,
  challengeResponse,
  checkAuthenticatorResponse,
  generateAuthenticatorResponse,
  generateNtResponse,
  hashNtPasswordHash,
  ntPasswordHash,
} from './mschap-v2.ts'

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))

const authenticatorChallenge = hex('5B5D7C7D7B3F2F3E3C2C602132262628')
const peerChallenge = hex('21402324255E262A28295F2B3A337C7E')
const passwordHash = hex('44EBBA8D5312B8D611474411F56989AE')
const passwordHashHash = hex('41C00C584BD2D91C4017A2A12FA59F3F')
const ntResponse = hex('82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF')
const proof = 'S=407A5589115FD0D6209F510FE9C04566932CDA56'

describe('MS-CHAPv2 (RFC 2759 §9.2)', () => {
  it('hashes the password, and the hash', () => {
    expect(ntPasswordHash('clientPass')).toEqual(passwordHash)
    expect(hashNtPasswordHash(passwordHash)).toEqual(passwordHashHash)
  })

  it('draws the challenges and the name together', () => {
    expect(challengeHash(peerChallenge, authenticatorChallenge, 'User')).toEqual(hex('D02E4386BCE91226'))
    const name = new TextEncoder().encode('User')
    expect(challengeHash(peerChallenge, authenticatorChallenge, name)).toEqual(hex('D02E4386BCE91226'))
  })

  it('answers a challenge', () => {
    expect(challengeResponse(hex('D02E4386BCE91226'), passwordHash)).toEqual(ntResponse)
    expect(generateNtResponse(authenticatorChallenge, peerChallenge, 'User', passwordHash)).toEqual(ntResponse)
  })

  it('proves the server, and checks the proof', () => {
    const of = [passwordHashHash, ntResponse, peerChallenge, authenticatorChallenge, 'User'] as const
    expect(generateAuthenticatorResponse(...of)).toBe(proof)
    expect(checkAuthenticatorResponse(proof, ...of)).toBe(true)
    expect(checkAuthenticatorResponse(`${proof} M=Welcome`, ...of)).toBe(true)
    expect(checkAuthenticatorResponse(proof.replace('56', '57'), ...of)).toBe(false)
    expect(checkAuthenticatorResponse(proof.slice(0, -1), ...of)).toBe(false)
    expect(checkAuthenticatorResponse(proof.replace('5', 'ü'), ...of)).toBe(false)
    expect(checkAuthenticatorResponse('', ...of)).toBe(false)
  })

  it('hashes passwords in UTF-16', () => {
    // The hash that every list of NT hashes has for “password”.
    expect(ntPasswordHash('password')).toEqual(hex('8846f7eaee8fb117ad06bdd830b7586c'))
    expect(ntPasswordHash('pässwörd€😀')).not.toEqual(ntPasswordHash('pässwörd€?'))
  })

  it('refuses octets of a wrong length as a mistake of the caller', () => {
    expect(() => hashNtPasswordHash(new Uint8Array(15))).toThrow(TypeError)
    expect(() => challengeHash(new Uint8Array(8), authenticatorChallenge, 'User')).toThrow(TypeError)
    expect(() => challengeResponse(new Uint8Array(8), new Uint8Array(21))).toThrow(TypeError)
  })
})
