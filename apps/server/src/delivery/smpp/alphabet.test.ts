import { describe, expect, it } from 'vitest'
import { decodeText, encodeText } from './alphabet.ts'

describe('GSM 7-bit texts (3GPP TS 23.038 §6.2.1)', () => {
  it('are written by the table, the extension behind an escape', () => {
    const { dataCoding, parts } = encodeText('@£Ä§ü à[€]', 'gsm')
    expect(dataCoding).toBe(0)
    expect(parts.map((part) => part.toString('hex'))).toEqual(['00015b5f7e207f1b3c1b651b3e'])
    expect(decodeText(parts[0] ?? Buffer.alloc(0), 0, 'gsm')).toBe('@£Ä§ü à[€]')
  })

  it('of 160 septets go alone, of more in parts of 153 that cut no escape in two', () => {
    expect(encodeText('a'.repeat(160), 'gsm').parts.map((part) => part.byteLength)).toEqual([160])
    expect(encodeText('a'.repeat(161), 'gsm').parts.map((part) => part.byteLength)).toEqual([153, 8])
    expect(encodeText(`${'a'.repeat(152)}€${'b'.repeat(20)}`, 'gsm').parts.map((part) => part.byteLength)).toEqual([
      152, 22,
    ])
  })

  it('go as Latin-1 to a centre that reads that, where both alphabets have every letter', () => {
    expect(encodeText('Grüße @1', 'latin1').parts[0]?.toString('latin1')).toBe('Grüße @1')
    expect(encodeText('[Δ]', 'latin1').dataCoding).toBe(8)
  })
})

describe('UCS-2 texts', () => {
  it('are what GSM has no letters for, 70 alone or parts of 67 that cut no pair in two', () => {
    const { dataCoding, parts } = encodeText('Код 1', 'gsm')
    expect([dataCoding, parts[0]?.toString('hex')]).toEqual([8, '041a043e043400200031'])
    expect(encodeText('Ж'.repeat(71), 'gsm').parts.map((part) => part.byteLength)).toEqual([134, 8])
    const long = `${'Ж'.repeat(66)}🙂${'Ж'.repeat(10)}`
    const cut = encodeText(long, 'gsm').parts
    expect(cut.map((part) => part.byteLength)).toEqual([132, 24])
    expect(cut.map((part) => decodeText(part, 8, 'gsm')).join('')).toBe(long)
  })

  it('with an odd octet at the end, or an escape at it, are read as far as they go', () => {
    expect(decodeText(Buffer.from('041a04', 'hex'), 8, 'gsm')).toBe('К')
    expect(decodeText(Buffer.from('411b', 'hex'), 0, 'gsm')).toBe('A')
  })
})
