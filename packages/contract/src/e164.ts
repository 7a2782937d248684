/** Telephone numbers as networks know them. */

/**
 * A plus sign, a country code and a number, 7 to 15 digits in all, and nothing around it.
 * @see {@link https://www.itu.int/rec/T-REC-E.164 ITU-T E.164}
 */
export function isE164(text: string): boolean {
  return /^\+[1-9][0-9]{6,14}$/u.test(text)
}
