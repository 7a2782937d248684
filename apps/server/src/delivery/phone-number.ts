/** Phone numbers as they go out and come in. */

/** E.164, and nothing around it. */
export function isE164(text: string): boolean {
  return /^\+[1-9]\d{6,14}$/u.test(text)
}

/** What a network calls a sender, as E.164 where it is a number with its country code; unchanged otherwise. */
export function asE164(text: string): string {
  const digits = text.replace(/[\s()./-]/gu, '').replace(/^\+|^00/u, '')
  return isE164(`+${digits}`) ? `+${digits}` : text
}
