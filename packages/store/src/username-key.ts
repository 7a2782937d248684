/**
 * How names are matched: two names with the same key are the same person. A directory that takes “ALICE”, “alice ” or
 * “ａｌｉｃｅ” for alice must not find us less forgiving: a name that slipped past our users would slip past the second factor.
 */

/** Letters that Active Directory's comparison takes for others and that no Unicode decomposition leads to. */
const lookalikes = new Map([
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['ħ', 'h'],
  ['ŧ', 't'],
  ['ı', 'i'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['þ', 'th'],
  ['ς', 'σ'],
])
const lookalike = new RegExp(`[${[...lookalikes.keys()].join('')}]`, 'gu')
const maximumPasses = 4
/** Printable ASCII, as most names are: nothing in it folds but case and spaces. */
const plain = /^[ -~]*$/

/**
 * The key of a sign-in name; also of serial numbers and of what is searched for by its beginning.
 *
 * At least as forgiving as caseIgnoreMatch: compatibility forms, case, width, spaces, and what nobody sees; and as Active
 * Directory's comparison in Latin, Greek and Cyrillic, which ignores accents, and hiragana's difference from katakana.
 * @returns a string without upper case, accents, control characters or spaces at its ends; empty if nothing else was in it
 * @see {@link https://www.rfc-editor.org/rfc/rfc4518#section-2 RFC 4518 §2}
 */
export function usernameKey(name: string): string {
  // Printable ASCII without capitals and spaces is its own key: most names, many times a sign-in.
  if (/^[!-@[-~]*$/.test(name)) return name
  if (plain.test(name)) return name.toLowerCase().replace(/ +/g, ' ').trim()
  // Half a surrogate pair becomes U+FFFD, as it will in the database.
  let key = Buffer.from(name).toString()
  for (let pass = 0; pass < maximumPasses; pass++) {
    const next = fold(key)
    if (next === key) return key
    key = next
  }
  return key
}

function fold(text: string): string {
  return (
    text
      .normalize('NFKD')
      .toUpperCase()
      .toLowerCase()
      .normalize('NFKD')
      // RFC 4518 §2.2: these separate words, other control characters are nothing.
      .replace(/[\t-\r\u0085]/gu, ' ')
      .replace(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
      .replace(/[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/gu, '')
      .replace(lookalike, (letter) => lookalikes.get(letter) ?? letter)
      .replace(/[\u30a1-\u30f6]/gu, (kana) => String.fromCodePoint((kana.codePointAt(0) ?? 0) - 0x60))
      .normalize('NFKC')
      .replace(/\p{Z}+/gu, ' ')
      .trim()
  )
}

/** `alice` of `CORP\\alice` and of `alice@corp.example`; any other name as it is. */
export function accountPart(name: string): string {
  const afterDomain = name.slice(name.lastIndexOf('\\') + 1)
  const at = afterDomain.indexOf('@')
  return at > 0 ? afterDomain.slice(0, at) : afterDomain
}
