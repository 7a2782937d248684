import { describe, expect, test } from 'vitest'
import { hotpCode } from './hotp.ts'
import { resynchronise } from './resynchronise.ts'

const nowMs = 1_700_000_000_000
const present = Math.floor(nowMs / 30_000)
const key = { secret: Buffer.from('12345678901234567890'), algorithm: 'SHA-1', digits: 6 } as const
const totp = { ...key, type: 'totp', stepSeconds: 30, lastUsedStep: null, driftSteps: 0 } as const
const hotp = { ...totp, type: 'hotp' } as const
const pair = (step: number) => [hotpCode(key, step - 1), hotpCode(key, step)] as const

describe('two codes in a row', () => {
  test.each([0, 1, -1, 400, -1439, 1440])('find a clock that is %i steps off', (off) => {
    expect(resynchronise(totp, pair(present + off), nowMs)).toEqual({ step: present + off, driftSteps: off })
  })

  test('find nothing half a day away and more', () => {
    expect(resynchronise(totp, pair(present + 1441), nowMs)).toBeUndefined()
    expect(resynchronise(totp, pair(present - 1440), nowMs)).toBeUndefined()
  })

  test('find nothing at or before a step that was used', () => {
    const used = { ...totp, lastUsedStep: present + 5 }
    expect(resynchronise(used, pair(present + 5), nowMs)).toBeUndefined()
    expect(resynchronise(used, pair(present + 6), nowMs)).toBeUndefined()
    expect(resynchronise(used, pair(present + 7), nowMs)).toEqual({ step: present + 7, driftSteps: 7 })
  })

  test('find a counter up to a thousand codes ahead, and none behind', () => {
    const token = { ...hotp, lastUsedStep: 99 }
    expect(resynchronise(token, pair(101), nowMs)).toEqual({ step: 101, driftSteps: 0 })
    expect(resynchronise(token, pair(1100), nowMs)).toEqual({ step: 1100, driftSteps: 0 })
    expect(resynchronise(token, pair(1101), nowMs)).toBeUndefined()
    expect(resynchronise(token, pair(100), nowMs)).toBeUndefined()
  })

  test('that are both right but not one after the other find nothing', () => {
    expect(resynchronise(hotp, [hotpCode(key, 5), hotpCode(key, 7)], nowMs)).toBeUndefined()
    expect(resynchronise(hotp, [hotpCode(key, 6), hotpCode(key, 5)], nowMs)).toBeUndefined()
    expect(resynchronise(hotp, [hotpCode(key, 5), hotpCode(key, 5)], nowMs)).toBeUndefined()
  })
})
