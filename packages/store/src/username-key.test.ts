import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { usernameKey } from './username-key.ts'

/** Strings of code points from all over Unicode, the same in each run. */
function* samples(count: number): Generator<string> {
  const ranges = [0x80, 0x250, 0x600, 0x2100, 0x3100, 0xffff, 0x10ffff]
  for (let number = 0; number < count; number++) {
    const octets = createHash('sha512').update(String(number)).digest()
    const length = 1 + ((octets[0] ?? 0) % 12)
    const points = Array.from({ length }, (_, index) => {
      const range = ranges[(octets[index + 1] ?? 0) % ranges.length] ?? 0x80
      return octets.readUInt32BE(16 + index * 4) % range
    })
    yield String.fromCodePoint(...points)
  }
}

describe('usernameKey', () => {
  it.each([
    ['ALICE', 'in capitals'],
    ['alice ', 'with a space behind'],
    ['\u00a0 alice', 'with spaces before'],
    ['al\u00adice', 'with a soft hyphen (RFC 4518 §2.2: mapped to nothing)'],
    ['a\u200bl\u200di\u2060c\ufeffe', 'with characters of no width'],
    ['ａｌｉｃｅ', 'in full width'],
    ['𝓪𝓵𝓲𝓬𝓮', 'in mathematical letters'],
    ['alíce', 'with an accent, which Active Directory ignores'],
    ['ali\u0000ce', 'with a NUL'],
    ['al\u{e0001}ice', 'with a tag character'],
    ['alıce', 'with a dotless i'],
    ['ALİCE', 'with a dotted capital I'],
    ['a\ufe0flice', 'with a variation selector'],
    ['ali\u202ece', 'with a direction mark'],
  ])('takes %j for alice: %s', (name) => {
    expect(usernameKey(name)).toBe('alice')
  })

  it.each([
    ['Straße', 'STRASSE'],
    ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
    ['anna  maria', 'Anna\tMaria'],
    ['Ærø', 'aero'],
    ['ﬁona', 'Fiona'],
    ['ユーザー', 'ゆーざー'],
    ['K', 'k'],
  ])('takes %j and %j for the same', (one, other) => {
    expect(usernameKey(one)).toBe(usernameKey(other))
  })

  it.each([
    ['alice', 'alicia'],
    ['alice', 'al ice'],
    ['user1', 'user2'],
    ['EXAMPLE\\alice', 'alice'],
    ['alice@example.com', 'alice'],
  ])('keeps %j and %j apart', (one, other) => {
    expect(usernameKey(one)).not.toBe(usernameKey(other))
  })

  it('is empty where nothing can be seen', () => {
    expect(usernameKey(' \u200b\u00ad\u0000\u3164')).toBe('')
  })

  it('is its own key, whatever the name', () => {
    for (const name of samples(20_000)) {
      const key = usernameKey(name)
      expect(usernameKey(key), JSON.stringify(name)).toBe(key)
    }
  })

  it('does not depend on case, form, invisible characters or spaces around, whatever the name', () => {
    for (const name of samples(5000)) {
      const key = usernameKey(name)
      // Capitals write the Greek iota subscript beside its letter, where marks of other scripts may come between.
      const cased = name.normalize('NFKD').includes('\u0345') ? [] : [name.toUpperCase(), name.toLowerCase()]
      const variants = [...cased, name.normalize('NFD'), name.normalize('NFKC'), ` \u00ad${name}\u200b `]
      for (const variant of variants) expect(usernameKey(variant), JSON.stringify([name, variant])).toBe(key)
    }
  })

  it('of a beginning is the beginning of the key, so that a search finds it', () => {
    for (const name of ['ΑΣΑΣ', 'Anna-Maria', 'straße.müller', 'user@example.com']) {
      for (let length = 1; length <= name.length; length++) {
        expect(usernameKey(name).startsWith(usernameKey(name.slice(0, length)))).toBe(true)
      }
    }
  })
})

it('usernameKey treats plain ASCII as it treats the same letters in full width', () => {
  const everyLetter = Array.from({ length: 95 }, (_, index) => `a${String.fromCharCode(0x20 + index)}z`)
  for (const name of [...everyLetter, 'Alice', ' Bob  Smith ', 'x@EXAMPLE.com', 'DOM\\user', '']) {
    const wide = name.replace(/[!-~]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0))
    expect(usernameKey(name)).toBe(usernameKey(wide))
  }
})
