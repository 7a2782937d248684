/** Makes texts of strangers harmless: one line, well-formed, and no longer than it may be. */

/** No control characters, no line ends, nothing that turns the direction of writing; lone surrogates are replaced. */
export function cleaned(text: string): string {
  return wellFormed(text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' '))
}

/** At most so many characters, an ellipsis included. */
export function shortened(text: string, maximum: number): string {
  if (text.length <= maximum) return text
  // A character outside the first plane is two here: it is not cut in half.
  return `${wellFormed(text.slice(0, maximum - 1)).replace(/\uFFFD$/u, '')}…`
}

function wellFormed(text: string): string {
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD')
}
