import { describe, expect, test } from 'vitest'
import { learntDrift, middleStep, stepsLookedAt, type OathPosition } from './looked-at.ts'

const nowMs = 1_700_000_000_000
const present = Math.floor(nowMs / 30_000)
const totp: OathPosition = { type: 'totp', stepSeconds: 30, lastUsedStep: null, driftSteps: 0 }
const hotp: OathPosition = { type: 'hotp', stepSeconds: 30, lastUsedStep: null, driftSteps: 0 }

describe('where a code is looked for', () => {
  test('with TOTP: one step either way of where the token’s clock is believed to be', () => {
    expect(stepsLookedAt(totp, nowMs)).toEqual([present, present - 1, present + 1])
    expect(stepsLookedAt({ ...totp, driftSteps: -2.6 }, nowMs)).toEqual([present - 3, present - 4, present - 2])
  })

  test('with HOTP: the next ten counters, and the one just used, to tell it apart (RFC 4226 §7.4)', () => {
    expect(stepsLookedAt(hotp, nowMs)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(stepsLookedAt({ ...hotp, lastUsedStep: 41 }, nowMs)).toEqual([42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 41])
  })
})

describe('what is learnt of a token’s clock', () => {
  /** Codes that are always so many steps off, as long as they are within the window. */
  const after = (codes: number, offset: (believed: number) => number, token = totp) => {
    let driftSteps = token.driftSteps
    for (let count = 0; count < codes; count++) {
      const step = present + offset(Math.round(driftSteps))
      driftSteps = learntDrift({ ...token, driftSteps }, step, nowMs)
    }
    return driftSteps
  }

  test('one code moves nothing: whoever types slowly once is looked for where they were', () => {
    expect(middleStep({ ...totp, driftSteps: after(1, () => -1) }, nowMs)).toBe(present)
  })

  test('three codes in a row move the middle of the window, and right ones bring it back', () => {
    const behind = after(3, () => -1)
    expect(middleStep({ ...totp, driftSteps: behind }, nowMs)).toBe(present - 1)
    const again = after(3, () => 0, { ...totp, driftSteps: behind })
    expect(middleStep({ ...totp, driftSteps: again }, nowMs)).toBe(present)
  })

  test('a clock that runs away is followed, no further than ten steps', () => {
    expect(Math.round(after(500, (believed) => believed + 1))).toBe(10)
    expect(Math.round(after(500, (believed) => believed - 1))).toBe(-10)
  })

  test('beyond that, where an administrator put it, it goes no further by itself', () => {
    const far = { ...totp, driftSteps: 100 }
    expect(after(50, (believed) => believed + 1, far)).toBe(100)
    expect(after(50, (believed) => believed - 1, far)).toBeLessThan(90)
  })

  test('HOTP has no clock', () => {
    expect(learntDrift(hotp, 17, nowMs)).toBe(0)
  })
})
