/**
 * Built-in users as a target: passwords that are kept here. Argon2id runs on libuv's threads, two at a time: the engine's thread
 * goes on meanwhile, and two of the four stay free for files and names. At some 30 ms a password that is about 60 a second;
 * who would wait longer than their device does meets silence.
 */
import type { EnginePassword, EngineReader } from '@sallyport/store/engine'

import { createArgon2id } from '../../passwords/argon2id.ts'
import { createTurns, NoTurnLeft } from '../../passwords/turns.ts'
import type { PrimaryOutcome, PrimaryQuestion, PrimaryTarget, UserTable } from '../tools.ts'
import { PasswordGuesses } from './password-guesses.ts'

export interface BuiltInNeeds {
  readonly reader: Pick<EngineReader, 'builtIn' | 'password'>
  readonly users: Pick<UserTable, 'find'>
  /** Milliseconds since 1970. */
  readonly clock: () => number
}

type Refusal = Extract<PrimaryOutcome, { readonly server: string; readonly detail: string; readonly names?: never }>

const atOnce = 2
const waitingAtMost = 2_000
const dayMs = 24 * 60 * 60_000
const server = 'built-in'

export function createBuiltInPrimary({ reader, users, clock }: BuiltInNeeds): PrimaryTarget {
  const { maximumAgeDays } = reader.builtIn()
  const argon2id = createArgon2id()
  const turns = createTurns({ atOnce, waitingAtMost })
  const guesses = new PasswordGuesses()

  /** In turn; undefined where the turn came too late for anybody to hear the answer. */
  const verify = (hashed: string | null, password: string, deadlineMs: number) =>
    turns(async () => (clock() >= deadlineMs ? undefined : argon2id.verify(hashed, password)))

  async function check({ username, password, deadlineMs }: PrimaryQuestion): Promise<PrimaryOutcome> {
    const user = users.find([username])
    const kept = user && reader.password(user.id)
    const exhausted = user !== undefined && guesses.exhausted(user.id, clock())
    // Whoever is unknown, has no password or was guessed at too often costs the same time as everybody else.
    const hashed = kept && !exhausted ? kept.hash : null
    const right = await verify(hashed, password.normalize('NFC'), deadlineMs)
    if (right === undefined) return overloaded
    if (!user) return refuse('no-password-kept', 'Nobody of this name is among the users.')
    if (!kept) return refuse('no-password-kept', 'No password was set for this user.')
    if (exhausted) return refuse('too-many-wrong-passwords', 'No password is looked at for a while.')
    if (!right) {
      guesses.count(user.id, clock())
      return refuse('wrong-password', '')
    }
    guesses.forget(user.id)
    return refusedAsItStands(kept) ?? { kind: 'ok', server, names: [user.username], detail: user.username }
  }

  /** What stands against a right password. */
  function refusedAsItStands({ mustChange, changedAtMs }: EnginePassword): Refusal | undefined {
    if (mustChange) return refuse('must-change', 'An administrator set it for one use.')
    if (maximumAgeDays !== null && clock() >= changedAtMs + maximumAgeDays * dayMs) {
      return refuse('password-expired', `It is older than ${maximumAgeDays} days.`)
    }
    return undefined
  }

  return {
    kind: 'built-in',
    methods: ['pap'],
    refusals: { chap: 'chap-not-possible' },
    check: (question) =>
      check(question).catch((error: unknown): PrimaryOutcome => {
        if (error instanceof NoTurnLeft) return overloaded
        throw error
      }),
    health: () => [],
    close: () => Promise.resolve(),
  }
}

const overloaded: PrimaryOutcome = { kind: 'overloaded', detail: 'Too many passwords wait to be checked.' }

function refuse(kind: Refusal['kind'], detail: string): Refusal {
  return { kind, server, detail }
}
