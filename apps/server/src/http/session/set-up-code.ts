/** The one-time code of the first-run set-up: whoever reads the server's own log may make the first administrator. */
import { createHash, timingSafeEqual } from 'node:crypto'

export interface SetUpCode {
  /** The code that counts now, as it is printed. */
  readonly current: () => string
  /** Whether this is the code; in any case, with or without dashes. The tenth wrong one in a row draws a new code. */
  readonly check: (typed: string) => 'right' | 'wrong'
  /** Makes the code useless: the set-up is done. */
  readonly spend: () => void
}

/** Without I, L, O and U: nothing to mistake, nothing to spell. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const lengthCharacters = 20
const wrongTries = 10

/**
 * Draws a code of 100 random bits.
 * @param random unpredictable octets
 * @param announce prints a code that was drawn anew after too many wrong tries; the first one the caller prints
 */
export function createSetUpCode(
  random: (lengthBytes: number) => Uint8Array,
  announce: (code: string) => void,
): SetUpCode {
  let code: string | null = draw(random)
  let wrong = 0
  return {
    current: () => code ?? '',
    check(typed) {
      if (code !== null && timingSafeEqual(digest(plain(typed)), digest(plain(code)))) return 'right'
      wrong += 1
      if (code !== null && wrong >= wrongTries) {
        code = draw(random)
        wrong = 0
        announce(code)
      }
      return 'wrong'
    },
    spend() {
      code = null
    },
  }
}

function draw(random: (lengthBytes: number) => Uint8Array): string {
  // 32 letters divide 256 evenly: every letter is as likely as any other.
  const letters = Array.from(random(lengthCharacters), (octet) => alphabet.charAt(octet % alphabet.length))
  return letters.join('').replace(/(.{5})(?!$)/g, '$1-')
}

function plain(text: string): string {
  return text.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0')
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
