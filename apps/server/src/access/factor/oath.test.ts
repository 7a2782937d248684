import type { EngineToken } from '@sallyport/store/engine'
import { describe, expect, test } from 'vitest'

import { hotpCode } from '../../oath/hotp.ts'
import { codesNow, matchCode, validTokens } from './oath.ts'

const nowMs = 1_700_000_010_000
const present = Math.floor(nowMs / 30_000)
const secret = Buffer.from('12345678901234567890')
const unseal = () => secret
const token: EngineToken = {
  ...{ id: 't', serialNumber: 'T', sealedSecret: '', type: 'totp', algorithm: 'SHA-1', digits: 6, stepSeconds: 30 },
  ...{ lastUsedStep: null, driftSteps: 0, notBeforeMs: null, notAfterMs: null },
}
const hotp: EngineToken = { ...token, type: 'hotp', digits: 8 }
const match = (tokens: readonly EngineToken[], code: string) => matchCode({ tokens }, code, nowMs, unseal)
const codeOf = (of: EngineToken, step: number) => hotpCode({ ...of, secret }, step)

describe('a code of a HOTP token', () => {
  test('is right within the next ten counters, and says which', () => {
    const used = { ...hotp, lastUsedStep: 4 }
    expect(match([used], codeOf(hotp, 5))).toMatchObject({ kind: 'right', tokenId: 't', step: 5, drift: 0 })
    expect(match([used], codeOf(hotp, 14))).toMatchObject({ kind: 'right', step: 14 })
    expect(match([used], codeOf(hotp, 15))).toEqual({ kind: 'wrong' })
  })

  test('just used is told apart; older ones are wrong', () => {
    const used = { ...hotp, lastUsedStep: 4 }
    expect(match([used], codeOf(hotp, 4))).toEqual({ kind: 'used' })
    expect(match([used], codeOf(hotp, 3))).toEqual({ kind: 'wrong' })
  })
})

describe('a code of a TOTP token', () => {
  test('is looked for around the drift that is remembered, and moves it a little', () => {
    const drifting = { ...token, driftSteps: -7 }
    expect(match([drifting], codeOf(token, present))).toEqual({ kind: 'wrong' })
    expect(match([drifting], codeOf(token, present - 8))).toMatchObject({ step: present - 8, drift: -7.25 })
  })
})

test('a token counts from its start date until it expires', () => {
  const code = codeOf(token, present)
  expect(match([{ ...token, notBeforeMs: nowMs }], code)).toMatchObject({ kind: 'right' })
  expect(match([{ ...token, notBeforeMs: nowMs + 1 }], code)).toEqual({ kind: 'wrong' })
  expect(match([{ ...token, notAfterMs: nowMs }], code)).toMatchObject({ kind: 'right' })
  expect(match([{ ...token, notAfterMs: nowMs - 1 }], code)).toEqual({ kind: 'wrong' })
  expect(validTokens({ tokens: [{ ...token, notBeforeMs: nowMs + 1 }] }, nowMs)).toEqual([])
})

test('the codes that are enumerated are those that are matched, with the same answer', () => {
  const tokens = [token, { ...token, id: 'u', lastUsedStep: present, driftSteps: 3.4 }, { ...hotp, lastUsedStep: 9 }]
  for (const one of tokens) {
    const found = [...codesNow({ tokens: [one] }, nowMs, unseal)]
    expect(found).toHaveLength(one.type === 'hotp' ? 11 : 3)
    for (const { code, match: expected } of found) expect(match([one], code)).toEqual(expected)
  }
})
