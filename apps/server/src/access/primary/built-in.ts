/**
 * Built-in users as a target: passwords that are kept here. Argon2id runs on libuv's threads, two at a time: the engine's thread
 * goes on meanwhile, and two of the four stay free for files and names. At some 30 ms a password that is about 60 a second;
 * who would wait longer than their device does meets silence. MS-CHAPv2 is a matter of microseconds.
 */
import { randomBytes } from 'node:crypto'

import { mschapV2AcceptAttributes, verifyMschapV2 } from '@sallyport/radius'
import type { EnginePassword, EngineReader, EngineUser } from '@sallyport/store/engine'

import { createArgon2id } from '../../passwords/argon2id.ts'
import { createTurns, NoTurnLeft } from '../../passwords/turns.ts'
import { readMschapQuestion } from '../mschap.ts'
import type { PrimaryOutcome, PrimaryQuestion, PrimaryTarget } from '../primary-target.ts'
import type { KeptPasswords, UserTable } from '../tools.ts'
import { readNewPassword } from './new-password.ts'
import { PasswordGuesses } from './password-guesses.ts'

export interface BuiltInNeeds {
  readonly reader: Pick<EngineReader, 'builtIn' | 'unsealNtHash' | 'sealNtHash'>
  readonly passwords: Pick<KeptPasswords, 'find'>
  readonly users: Pick<UserTable, 'find'>
  /** Milliseconds since 1970. */
  readonly clock: () => number
}

type Refusal = Extract<PrimaryOutcome, { readonly server: string; readonly names?: never; readonly relay?: never }>
/** Whom a name stands for, and what is kept of them; `hashed` is null where nobody may be let in, whatever they type. */
interface Found {
  readonly user: EngineUser | undefined
  readonly kept: EnginePassword | undefined
  readonly refused: Refusal | undefined
}

const atOnce = 2
const waitingAtMost = 2_000
const dayMs = 24 * 60 * 60_000
const server = 'built-in'

export function createBuiltInPrimary({ reader, passwords, users, clock }: BuiltInNeeds): PrimaryTarget {
  const { allowMschapV2, maximumAgeDays } = reader.builtIn()
  const argon2id = createArgon2id()
  const turns = createTurns({ atOnce, waitingAtMost })
  const guesses = new PasswordGuesses()
  const nobodysNtHash = randomBytes(16)

  function find(username: string): Found {
    const user = users.find([username])
    const kept = user && passwords.find(user.id)
    const refused = () => {
      if (!user) return refuse('no-password-kept', 'Nobody of this name is among the users.')
      if (!kept) return refuse('no-password-kept', 'No password was set for this user.')
      if (!guesses.exhausted(user.id, clock())) return undefined
      return refuse('too-many-wrong-passwords', 'No password is looked at for a while.')
    }
    return { user, kept, refused: refused() }
  }

  function wrong(user: EngineUser): Refusal {
    guesses.count(user.id, clock())
    return refuse('wrong-password', '')
  }

  /** What stands against a right password. */
  function refusedAsItStands({ mustChange, changedAtMs }: EnginePassword): Refusal | undefined {
    if (mustChange) return refuse('must-change', 'An administrator set it for one use.')
    if (maximumAgeDays !== null && clock() >= changedAtMs + maximumAgeDays * dayMs) {
      return refuse('password-expired', `It is older than ${maximumAgeDays} days.`)
    }
    return undefined
  }

  async function checkPap({ username, password, deadlineMs }: PrimaryQuestion): Promise<PrimaryOutcome> {
    const { user, kept, refused } = find(username)
    // Whoever is unknown, has no password or was guessed at too often costs the same time as everybody else.
    const hashed = refused ? null : (kept?.hash ?? null)
    const right = await turns(async () => {
      if (clock() >= deadlineMs) return undefined
      return argon2id.verify(hashed, password.normalize('NFC'))
    })
    if (right === undefined) return overloaded
    if (refused) return refused
    if (!user || !kept || !right) return user ? wrong(user) : refuse('wrong-password', '')
    guesses.forget(user.id)
    return refusedAsItStands(kept) ?? { kind: 'ok', server, names: [user.username], detail: user.username }
  }

  async function checkMschap(question: PrimaryQuestion): Promise<PrimaryOutcome> {
    const { username, request, deadlineMs } = question
    const asked = readMschapQuestion(request.packet)
    if (asked.kind === 'mschap-v1' || asked.kind === 'mschap-malformed') return refuse(asked.kind, '')
    const { user, kept, refused } = find(username)
    const sealed = refused ? null : (kept?.sealedNtHash ?? null)
    // Nobody's hash costs what a real one does.
    const ntHash = user && sealed !== null ? reader.unsealNtHash(user.id, sealed) : nobodysNtHash
    const change = asked.kind === 'change' ? readNewPassword(asked.response, ntHash) : undefined
    const hash = change ? change.ntHash : ntHash
    const { authenticatorChallenge, response } = asked
    const proof = verifyMschapV2({ username, authenticatorChallenge, response, ntHash: hash })
    if (refused) return refused
    if (!user || !kept || sealed === null) return refuse('no-nt-hash', 'The password was set before that was allowed.')
    if (!proof || (asked.kind === 'change' && !change)) return wrong(user)
    guesses.forget(user.id)
    const attributes = mschapV2AcceptAttributes(proof, request.secret, request.packet.authenticator)
    const ok = { kind: 'ok', server, names: [user.username], detail: user.username, attributes } as const
    if (!change) return refusedAsItStands(kept) ?? ok

    const fault = change.faultFor(user.username)
    if (fault !== undefined) return refuse('password-change-refused', fault)
    const hashed = await turns(async () => (clock() >= deadlineMs ? undefined : argon2id.hash(change.password)))
    if (hashed === undefined) return overloaded
    const sealedNtHash = reader.sealNtHash(user.id, change.ntHash)
    return { ...ok, passwordChange: { userId: user.id, hash: hashed, sealedNtHash } }
  }

  return {
    kind: 'built-in',
    methods: allowMschapV2 ? ['pap', 'ms-chap'] : ['pap'],
    refusals: { chap: 'chap-not-possible', 'ms-chap': 'mschap-not-allowed' },
    check: (question) =>
      (question.method === 'pap' ? checkPap(question) : checkMschap(question)).catch(
        (error: unknown): PrimaryOutcome => {
          if (error instanceof NoTurnLeft) return overloaded
          throw error
        },
      ),
    health: () => [],
    close: () => Promise.resolve(),
  }
}

const overloaded: PrimaryOutcome = { kind: 'overloaded', detail: 'Too many passwords wait to be checked.' }

function refuse(kind: Refusal['kind'], detail: string): Refusal {
  return { kind, server, detail }
}
