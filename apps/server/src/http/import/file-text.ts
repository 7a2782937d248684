/** What a file of text is written in: told from its first octets and from whether all of it is UTF-8, and read accordingly. */
import type { ImportDelimiter, ImportEncoding } from '@sallyport/contract'
import { ImportFault } from './import-fault.ts'

const headOctets = 4096

/** Looks at a file as it comes in; `end` says what it is most likely written in. */
export function createEncodingGuess() {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let head = Buffer.alloc(0)
  let isUtf8 = true
  return {
    add(piece: Uint8Array): void {
      if (head.length < headOctets) head = Buffer.concat([head, piece.subarray(0, headOctets - head.length)])
      if (!isUtf8) return
      try {
        // The last character may be cut off: that is a fault of the file, and not of its encoding.
        utf8.decode(piece, { stream: true })
      } catch {
        isUtf8 = false
      }
    },
    end(): { readonly encoding: ImportEncoding; readonly delimiter: ImportDelimiter } {
      const encoding = utf16Of(head) ?? (isUtf8 ? 'utf-8' : 'windows-1252')
      return { encoding, delimiter: guessDelimiter(decoderFor(encoding).decode(head)) }
    },
  }
}

/** By its byte order mark, or by which half of each pair of octets is nearly always zero. */
function utf16Of(head: Buffer): ImportEncoding | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const pairs = Math.floor(head.length / 2)
  const zeros = [0, 0]
  for (let at = 0; at < pairs * 2; at++) if (head[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (odd > pairs * 0.3 && odd > even * 4) return 'utf-16le'
  return even > pairs * 0.3 && even > odd * 4 ? 'utf-16be' : undefined
}

export const delimiters = { comma: ',', semicolon: ';', tab: '\t' } as const satisfies Record<ImportDelimiter, string>

/** The one that the first line has most of, outside of quotes. */
export function guessDelimiter(text: string): ImportDelimiter {
  const [first = ''] = text
    .replace(/"[^"]*"/g, '')
    .trimStart()
    .split(/\r\n|\n|\r/, 1)
  const counted = (['comma', 'semicolon', 'tab'] as const).map((name) => ({
    name,
    count: first.split(delimiters[name]).length,
  }))
  return counted.reduce((best, one) => (one.count > best.count ? one : best), { name: 'comma', count: 1 }).name
}

interface Decoder {
  /** @throws TypeError where the octets are none of this encoding, or end in the middle of a character */
  readonly piece: (octets: Uint8Array) => string
  readonly end: () => string
  /** All at once, with U+FFFD for what cannot be read. */
  readonly decode: (octets: Uint8Array) => string
}

function decoderFor(encoding: ImportEncoding): Decoder {
  if (encoding === 'windows-1252') {
    return { piece: windows1252, end: () => '', decode: windows1252 }
  }
  const strict = new TextDecoder(encoding, { fatal: true })
  return {
    piece: (octets) => strict.decode(octets, { stream: true }),
    end: () => strict.decode(),
    decode: (octets) => new TextDecoder(encoding).decode(octets),
  }
}

/** The text of a file, piece by piece; a byte order mark is no part of it. */
export async function* decodeFile(
  pieces: AsyncIterable<Uint8Array>,
  encoding: ImportEncoding,
  onPiece: (octets: number) => void = () => undefined,
): AsyncGenerator<string> {
  const decoder = decoderFor(encoding)
  for await (const piece of pieces) {
    onPiece(piece.length)
    yield checked(() => decoder.piece(piece), 'not-utf8', notThis(encoding))
  }
  yield checked(decoder.end, 'cut-short', 'The file ends in the middle of a character: it is not whole.')
}

/** The beginning of a file, whatever can be read of it. */
export function decodeHead(octets: Uint8Array, encoding: ImportEncoding): string {
  return decoderFor(encoding).decode(octets)
}

function checked(decode: () => string, code: 'not-utf8' | 'cut-short', message: string): string {
  let text: string
  try {
    text = decode()
  } catch (error) {
    if (error instanceof TypeError) throw new ImportFault(code, message)
    throw error
  }
  if (text.includes('\0')) throw new ImportFault('not-utf8', notThis('utf-8'))
  return text
}

function notThis(encoding: ImportEncoding): string {
  return encoding === 'utf-8'
    ? 'This is no UTF-8 text: save the file as “CSV UTF-8”, or say what it is written in.'
    : 'This is no UTF-16 text: say what it is written in.'
}

/** Where windows-1252 has letters and Latin-1 has control characters. @see {@link https://encoding.spec.whatwg.org/index-windows-1252.txt} */
const between = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

/** By hand: Node 20's TextDecoder takes it for Latin-1 where it decodes all at once. */
function windows1252(octets: Uint8Array): string {
  return Buffer.from(octets)
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (letter) => between[letter.charCodeAt(0) - 0x80] ?? letter)
}
