/** GSM 7-bit and UCS-2 texts, whole or in parts (3GPP TS 23.038 §6.2.1, TS 23.040 §9.2.3.24.1). */

// TS 23.038 §6.2.1: the position is the code; ESC (0x1b) leads to the extension table.
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const extension: ReadonlyMap<string, number> = new Map([
  ['\f', 0x0a],
  ['^', 0x14],
  ['{', 0x28],
  ['}', 0x29],
  ['\\', 0x2f],
  ['[', 0x3c],
  ['~', 0x3d],
  [']', 0x3e],
  ['|', 0x40],
  ['€', 0x65],
])
const escape = 0x1b
const codes: ReadonlyMap<string, readonly number[]> = new Map<string, readonly number[]>([
  ...lettersOf(basic).map((letter, code): [string, number[]] => [letter, [code]]),
  ...[...extension].map(([letter, code]): [string, number[]] => [letter, [escape, code]]),
])
const extended: ReadonlyMap<number, string> = new Map([...extension].map(([letter, code]) => [code, letter]))

export type DefaultAlphabet = 'gsm' | 'latin1'

export interface EncodedText {
  /** SMPP 3.4 §5.2.19: 0 is the message centre's default alphabet, 8 UCS-2. */
  readonly dataCoding: 0 | 8
  /** One a message to send; without headers. */
  readonly parts: readonly Buffer[]
}

/** Septets (an octet each, unpacked) and UCS-2 octets that fit into a message alone, and beside the header of a part. */
const limits = { 0: { alone: 160, part: 153 }, 8: { alone: 140, part: 134 } } as const

export function encodeText(text: string, alphabet: DefaultAlphabet): EncodedText {
  const letters = lettersOf(text)
  const gsm = letters.map((letter) => (letter === '\u001b' ? undefined : codes.get(letter)))
  const isGsm = gsm.every((code) => code !== undefined)
  // A centre whose default is Latin-1 translates: only what both have arrives as it was.
  const fitsDefault = isGsm && (alphabet === 'gsm' || letters.every((letter) => letter.charCodeAt(0) < 0x100))
  if (!fitsDefault) return { dataCoding: 8, parts: cut(letters.map(utf16), limits[8]) }
  const octets = letters.map((letter, index) =>
    alphabet === 'gsm' ? Buffer.from(gsm[index] ?? []) : Buffer.from(letter, 'latin1'),
  )
  return { dataCoding: 0, parts: cut(octets, limits[0]) }
}

/** Never inside a letter: an escape and a surrogate pair stay whole. */
function cut(letters: readonly Buffer[], { alone, part }: { alone: number; part: number }): readonly Buffer[] {
  const whole = Buffer.concat(letters)
  if (whole.byteLength <= alone) return [whole]
  const parts: Buffer[][] = [[]]
  let size = 0
  for (const letter of letters) {
    if (size + letter.byteLength > part) {
      parts.push([])
      size = 0
    }
    parts.at(-1)?.push(letter)
    size += letter.byteLength
  }
  return parts.map((each) => Buffer.concat(each))
}

/** Code points: a surrogate pair is one. */
function lettersOf(text: string): readonly string[] {
  return Array.from(text)
}

function utf16(letter: string): Buffer {
  return Buffer.from(letter, 'utf16le').swap16()
}

/** What came in; codings that are not known are read as Latin-1. */
export function decodeText(octets: Buffer, dataCoding: number, alphabet: DefaultAlphabet): string {
  if (dataCoding === 8) {
    return Buffer.from(octets.subarray(0, octets.byteLength & ~1))
      .swap16()
      .toString('utf16le')
  }
  if (dataCoding !== 0 || alphabet === 'latin1') return octets.toString('latin1')
  let text = ''
  let isEscaped = false
  for (const octet of octets) {
    if (isEscaped) text += extended.get(octet) ?? basic.charAt(octet)
    else if (octet !== escape) text += basic.charAt(octet)
    isEscaped = !isEscaped && octet === escape
  }
  return text
}
