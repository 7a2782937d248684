/** The string of MS-CHAP-Error: why a sign-in failed, and with which challenge it may be tried again. */

/** The codes of RFC 2759 §6 by name. */
export const mschapErrors = {
  restrictedLogonHours: 646,
  accountDisabled: 647,
  passwordExpired: 648,
  noDialInPermission: 649,
  authenticationFailure: 691,
  changingPassword: 709,
} as const

export interface MschapError {
  /** One of {@link mschapErrors}, or another. */
  readonly code: number
  /** Whether the user may try again, with `challenge` where it is given. */
  readonly retry: boolean
  /** 16 octets. */
  readonly challenge?: Uint8Array
  /** 3: the version of the password change that the server speaks. */
  readonly version?: number
  /** For the user to read. */
  readonly message?: string
}

/**
 * Writes `E=691 R=1 C=<32 hexadecimal digits> V=3 M=<message>`; what is not given is left out.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2759#section-6 RFC 2759 §6}
 */
export function formatMschapError({ code, retry, challenge, version, message }: MschapError): string {
  if (challenge && challenge.length !== 16) throw new TypeError('a challenge has 16 octets')
  const parts = [`E=${code}`, `R=${retry ? 1 : 0}`]
  if (challenge) parts.push(`C=${Buffer.from(challenge).toString('hex').toUpperCase()}`)
  if (version !== undefined) parts.push(`V=${version}`)
  if (message !== undefined) parts.push(`M=${message}`)
  return parts.join(' ')
}

/**
 * Reads such a string; undefined when it names no code. Parts that are malformed are as if they were absent, for
 * servers differ in what they send.
 */
export function parseMschapError(text: string): MschapError | undefined {
  const code = /^E=(\d{1,10})(?= |$)/.exec(text)?.[1]
  if (code === undefined) return undefined
  // The message comes last, and may hold anything.
  const messageAt = text.indexOf(' M=')
  const head = messageAt < 0 ? text : text.slice(0, messageAt)
  const part = (pattern: RegExp) => pattern.exec(head)?.[1]
  const challenge = part(/ C=([0-9a-fA-F]{32})(?= |$)/)
  const version = part(/ V=(\d{1,10})(?= |$)/)
  return {
    code: Number(code),
    retry: part(/ R=([01])(?= |$)/) === '1',
    ...(challenge !== undefined && { challenge: Uint8Array.from(Buffer.from(challenge, 'hex')) }),
    ...(version !== undefined && { version: Number(version) }),
    ...(messageAt >= 0 && { message: text.slice(messageAt + 3) }),
  }
}
