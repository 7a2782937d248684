/** The code that a person's token shows, from Debian's oathtool: not from the code that it tests. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** The TOTP code of a Base32 key at a time (now unless told), in steps of 30 s. */
export async function codeOf(secret: string, atMs = Date.now()): Promise<string> {
  const now = `@${Math.floor(atMs / 1000)}`
  const { stdout } = await promisify(execFile)('oathtool', ['--totp', '--base32', '--now', now, secret])
  return stdout.trim()
}
