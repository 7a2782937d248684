/** A new password of a user, as it is kept: its hashes. What the contract cannot check of it is checked here. */
import type { NewUserPassword } from '@sallyport/contract'
import { ntPasswordHash } from '@sallyport/radius'
import type { PasswordFields } from '@sallyport/store'
import { invalidInput } from './problems.ts'
import type { Passwords } from './session/passwords.ts'

/**
 * The text is normalised first (RFC 8265 §4.2), so that it is the same password on every keyboard. The store keeps the NT hash
 * only where MS-CHAPv2 is allowed.
 * @throws ApiProblem `invalid-input` at `path`
 */
export async function keptPassword(
  passwords: Pick<Passwords, 'hash'>,
  { password, mustChange }: NewUserPassword,
  username: string,
  path: string,
): Promise<PasswordFields> {
  const name = username.trim().toLowerCase()
  if (name.length >= 3 && password.toLowerCase().includes(name)) {
    throw invalidInput({ path, message: 'Use a password that does not hold the user name.' })
  }
  const normal = password.normalize('NFC')
  return { hash: await passwords.hash(normal), ntHash: ntPasswordHash(normal), mustChange }
}
