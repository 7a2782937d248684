/** Phone numbers as they come in from networks. */
import { isE164 } from '@sallyport/contract'

/** What a network calls a sender, as E.164 where it is a number with its country code; unchanged otherwise. */
export function asE164(text: string): string {
  const digits = text.replace(/[\s()./-]/gu, '').replace(/^\+|^00/u, '')
  return isE164(`+${digits}`) ? `+${digits}` : text
}
