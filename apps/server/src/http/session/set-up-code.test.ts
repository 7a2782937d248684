import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createSetUpCode } from './set-up-code.ts'

describe('the set-up code', () => {
  test('is a hundred random bits in letters that nobody mistakes', () => {
    const codes = Array.from({ length: 200 }, () => createSetUpCode(randomBytes, () => undefined).current())
    for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/)
    expect(new Set(codes).size).toBe(200)
  })

  test('is taken as people type it: small, with spaces, with O for 0 and l for 1', () => {
    const code = createSetUpCode(
      () => new Uint8Array(20).fill(1),
      () => undefined,
    )
    expect(code.current()).toBe('11111-11111-11111-11111')
    expect(code.check(' lIl11 11111 11111l1111 ')).toBe('right')
    const zeros = createSetUpCode(
      () => new Uint8Array(20),
      () => undefined,
    )
    expect(zeros.check('ooooo-OOOOO-00000-00000')).toBe('right')
  })

  test('is drawn anew and announced after ten wrong tries, and the old one counts no more', () => {
    const announced: string[] = []
    const code = createSetUpCode(randomBytes, (each) => announced.push(each))
    const first = code.current()
    for (let tries = 0; tries < 9; tries += 1) code.check('x')
    expect(announced).toEqual([])
    code.check('x')
    expect(announced).toEqual([code.current()])
    expect(code.check(first)).toBe('wrong')
    expect(code.check(code.current())).toBe('right')
  })

  test('is worth nothing once it is spent, and an empty one never was', () => {
    const code = createSetUpCode(randomBytes, () => undefined)
    const { current } = code
    const before = current()
    expect(code.check('')).toBe('wrong')
    code.spend()
    expect(code.check(before)).toBe('wrong')
    expect(code.check('')).toBe('wrong')
    expect(current()).toBe('')
  })
})
