/** What Twilio is to say and ask, as XML that no value can become a part of. */

/** Text for XML: markup is escaped, and what XML 1.0 cannot hold is left out. */
export function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replace(/&/gu, '&amp;')
    .replace(/</gu, '&lt;')
    .replace(/>/gu, '&gt;')
    .replace(/"/gu, '&quot;')
    .replace(/'/gu, '&apos;')
}

export function say(voice: string, text: string): string {
  return `<Say language="${xmlText(voice)}">${xmlText(text)}</Say>`
}

export interface Gather {
  readonly action: string
  /** Null: until #. */
  readonly keys: number | null
  readonly timeoutSeconds: number
  readonly inside: string
}

export function gather({ action, keys, timeoutSeconds, inside }: Gather): string {
  // With a count, # is a key as any other: # alone must not look like silence.
  const end = keys === null ? 'finishOnKey="#"' : `finishOnKey="" numDigits="${keys}"`
  return `<Gather input="dtmf" method="POST" action="${xmlText(action)}" timeout="${timeoutSeconds}" ${end}>${inside}</Gather>`
}

export function response(...verbs: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs.join('')}</Response>`
}

export const hangUp = '<Hangup/>'
