/** PINs, checked as passwords are: argon2id on libuv's threads, two at a time, beside what the target built-in does. */
import type { PinChecks } from '../access/tools.ts'
import { createArgon2id } from '../passwords/argon2id.ts'
import { createTurns } from '../passwords/turns.ts'

export function createPinChecks(): PinChecks {
  const argon2id = createArgon2id()
  const turns = createTurns({ atOnce: 2, waitingAtMost: 2_000 })
  return {
    verify: (hashed, pin) => turns(() => argon2id.verify(hashed, pin)),
    hash: (pin) => turns(() => argon2id.hash(pin)),
  }
}
