/** What was found in another product's configuration, and what was not understood of it. */

export interface FoundClient {
  /** Where it stands: `line 12`, or a section's name. */
  readonly where: string
  readonly name: string
  /** An address or a prefix, as it is written there. */
  readonly address: string
  readonly sharedSecret: string
  readonly requiresMessageAuthenticator: boolean
  readonly factorMode: 'automatic' | 'challenge' | 'password-with-code' | 'second-factor-only'
  readonly enabled: boolean
}

export interface FoundServer {
  readonly where: string
  readonly host: string
  readonly authenticationPort: number
  /** Null: it takes no accounting. */
  readonly accountingPort: number | null
  readonly sharedSecret: string
  readonly timeoutSeconds: number
  readonly tries: number
}

export interface FoundDirectory {
  readonly where: string
  readonly urls: readonly string[]
  readonly tls: 'none' | 'starttls' | 'ldaps'
  readonly baseDn: string
  readonly filter: string
  readonly bindDn: string
  readonly bindPassword: string
}

/** A sentence about something that is there and is not taken over. */
export interface Remark {
  readonly where: string
  readonly message: string
}

export interface Reading {
  readonly clients: readonly FoundClient[]
  readonly servers: readonly FoundServer[]
  readonly directory: FoundDirectory | null
  readonly remarks: readonly Remark[]
}

/** The file is not what it should be; the message says why, and never what is in it. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile'
}

const bytesAtMost = 32 * 2 ** 20

/** UTF-8, or UTF-16 where a byte order mark says so, as Windows writes it. Throws UnreadableFile for anything else. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes.length > bytesAtMost) throw new UnreadableFile('The file is too large to be a configuration.')
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return text
  } catch {
    // Said below.
  }
  throw new UnreadableFile('The file is in another encoding than UTF-8 or UTF-16: save it as UTF-8.')
}
