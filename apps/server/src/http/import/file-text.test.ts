import { describe, expect, test } from 'vitest'
import { createEncodingGuess, decodeFile, guessDelimiter } from './file-text.ts'

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()
const text = 'Benutzername;Nachname\r\nmüller;Müller\r\n'
const rest = (octets: Buffer) => [octets.subarray(0, 5), octets.subarray(5)]

async function* inPieces(octets: Buffer) {
  yield* rest(octets)
}
async function decoded(octets: Buffer, encoding: Parameters<typeof decodeFile>[1]): Promise<string> {
  let all = ''
  for await (const piece of decodeFile(inPieces(octets), encoding)) all += piece
  return all
}
function guessed(octets: Buffer) {
  const guess = createEncodingGuess()
  for (const piece of rest(octets)) guess.add(piece)
  return guess.end()
}

describe('what a file is written in', () => {
  test.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text}`), 'utf-8'],
    ['UTF-16 LE', Buffer.from(`\uFEFF${text}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 LE without a mark', Buffer.from(text, 'utf16le'), 'utf-16le'],
    ['UTF-16 BE', utf16be(`\uFEFF${text}`), 'utf-16be'],
    ['UTF-16 BE without a mark', utf16be(text), 'utf-16be'],
    ['Latin-1', Buffer.from(text, 'latin1'), 'windows-1252'],
    ['UTF-8 that ends in the middle of a character', Buffer.from(`${text}ü`).subarray(0, -1), 'utf-8'],
  ] as const)('is told of %s, with its delimiter', async (_, octets, encoding) => {
    expect(guessed(octets)).toEqual({ encoding, delimiter: 'semicolon' })
    if (!_.includes('middle')) expect(await decoded(octets, encoding)).toBe(text)
  })

  test('windows-1252 has letters where Latin-1 has control characters', async () => {
    expect(await decoded(Buffer.from([0x80, 0x20, 0x8a, 0x9f, 0xfc]), 'windows-1252')).toBe('€ ŠŸü')
  })

  test('is a comma, a semicolon or a tab, whichever the first line has most of outside of quotes', () => {
    expect(guessDelimiter('"a;b;c",d\n;;;;')).toBe('comma')
    expect(guessDelimiter('a\tb,c\td')).toBe('tab')
    expect(guessDelimiter('username')).toBe('comma')
  })
})

describe('a file that is not what was said', () => {
  test.each([
    ['Latin-1 as UTF-8', Buffer.from(text, 'latin1'), 'utf-8', 'not-utf8'],
    ['UTF-16 as UTF-8', Buffer.from(text, 'utf16le'), 'utf-8', 'not-utf8'],
    ['UTF-8 that was cut', Buffer.from(`${text}ü`).subarray(0, -1), 'utf-8', 'cut-short'],
    ['UTF-16 that was cut', Buffer.from(text, 'utf16le').subarray(0, -1), 'utf-16le', 'cut-short'],
  ] as const)('is refused: %s', async (_, octets, encoding, code) => {
    await expect(decoded(octets, encoding)).rejects.toMatchObject({ name: 'ImportFault', code })
  })
})
