import { describe, expect, it } from 'vitest'
import { loadWords } from '../words.ts'
import { groupedSecret, testVerdict } from './token-words.ts'

await loadWords()

const totp = (stepSeconds: 30 | 60) => ({ type: 'totp', stepSeconds }) as const

describe('what a tested code tells', () => {
  it('is good news when the code is right, also one step beside the present one', () => {
    expect(testVerdict({ outcome: 'right', outOfStepSteps: 0 }, totp(30))).toMatchObject({ state: 'good' })
    expect(testVerdict({ outcome: 'right', outOfStepSteps: -1 }, totp(30))).toMatchObject({ state: 'good' })
  })

  it('says that a right code was used before', () => {
    expect(testVerdict({ outcome: 'right-but-used', outOfStepSteps: 0 }, totp(30)).title).toMatch(/used/)
  })

  it('says which way and how far the clock of the token is off', () => {
    expect(testVerdict({ outcome: 'right-but-out-of-step', outOfStepSteps: 4 }, totp(30)).title).toBe(
      'Right, but the token’s clock is 4 steps (120 s) ahead',
    )
    expect(testVerdict({ outcome: 'right-but-out-of-step', outOfStepSteps: -1 }, totp(60)).title).toBe(
      'Right, but the token’s clock is 1 step (60 s) behind',
    )
  })

  it('says of a HOTP token how many codes were skipped', () => {
    const hotp = { type: 'hotp', stepSeconds: 30 } as const
    expect(testVerdict({ outcome: 'right', outOfStepSteps: 3 }, hotp).text).toMatch(/3 codes before it/)
    expect(testVerdict({ outcome: 'right-but-out-of-step', outOfStepSteps: 40 }, hotp).title).toMatch(/40 codes ahead/)
  })

  it('is bad news when the code is wrong', () => {
    expect(testVerdict({ outcome: 'wrong', outOfStepSteps: null }, totp(30))).toMatchObject({ state: 'bad' })
  })
})

it('groups a secret so that it can be read out', () => {
  expect(groupedSecret('JBSWY3DPEHPK3PXP22')).toBe('JBSW Y3DP EHPK 3PXP 22')
})
