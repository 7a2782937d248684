import type { EnginePassword, EngineUser } from '@sallyport/store/engine'
import { describe, expect, test } from 'vitest'

import { createArgon2id } from '../../passwords/argon2id.ts'
import type { PrimaryQuestion } from '../primary-target.ts'
import { createBuiltInPrimary } from './built-in.ts'

const right = 'correct horse battery'
const hash = await createArgon2id().hash(right)
const dayMs = 24 * 60 * 60_000

function target(kept: Partial<EnginePassword> | undefined, maximumAgeDays: number | null = null) {
  let now = 1_000 * dayMs
  const primary = createBuiltInPrimary({
    clock: () => now,
    users: { find: ([name]) => (name === 'alice' ? ({ id: 'user-1', username: 'Alice' } as EngineUser) : undefined) },
    reader: {
      builtIn: () => ({ allowMschapV2: false, maximumAgeDays, version: 1 }),
      unsealNtHash: () => new Uint8Array(16),
      sealNtHash: () => '',
    },
    passwords: {
      find: () => kept && { hash, sealedNtHash: null, mustChange: false, changedAtMs: now, ...kept },
    },
  })
  const ask = (password: string, username = 'alice', deadlineMs = now + 10_000) => {
    const question: Omit<PrimaryQuestion, 'request'> = { username, password, method: 'pap', relay: null, deadlineMs }
    return primary.check(question as PrimaryQuestion)
  }
  return { ask, pass: (ms: number) => (now += ms) }
}

describe('a built-in user', () => {
  test('is let in by their password, under the name that they have here', async () => {
    const { ask } = target({})
    expect(await ask(right)).toEqual({ kind: 'ok', server: 'built-in', names: ['Alice'], detail: 'Alice' })
    expect(await ask('wrong')).toMatchObject({ kind: 'wrong-password' })
  })

  test('may type the same letters composed or apart', async () => {
    const { ask } = target({ hash: await createArgon2id().hash('Schl\u00fcsselbrett am Haken') })
    expect(await ask('Schlu\u0308sselbrett am Haken')).toMatchObject({ kind: 'ok' })
  })

  test('without a password, or unknown, is refused by name', async () => {
    expect(await target(undefined).ask(right)).toMatchObject({ kind: 'no-password-kept' })
    expect(await target({}).ask(right, 'bob')).toMatchObject({ kind: 'no-password-kept' })
  })

  test('hears of a password that must change, or is too old, only with the right one', async () => {
    const mustChange = target({ mustChange: true })
    expect(await mustChange.ask(right)).toMatchObject({ kind: 'must-change' })
    expect(await mustChange.ask('wrong')).toMatchObject({ kind: 'wrong-password' })
    const old = target({ changedAtMs: 0 }, 1_000)
    expect(await old.ask(right)).toMatchObject({ kind: 'password-expired' })
    expect(await old.ask('wrong')).toMatchObject({ kind: 'wrong-password' })
    expect(await target({ changedAtMs: 1 }, 1_000).ask(right)).toMatchObject({ kind: 'ok' })
  })

  test('cannot be guessed at for ever: after twenty wrong passwords none is looked at for a while', async () => {
    const { ask, pass } = target({})
    for (let guess = 0; guess < 20; guess++) await ask(`guess ${guess}`)
    expect(await ask(right)).toMatchObject({ kind: 'too-many-wrong-passwords' })
    pass(15 * 60_000)
    expect(await ask(right)).toMatchObject({ kind: 'ok' })
  })

  test('who typed a wrong password now and then is not counted together with years of them', async () => {
    const { ask } = target({})
    for (let guess = 0; guess < 19; guess++) await ask('wrong')
    await ask(right)
    for (let guess = 0; guess < 19; guess++) await ask('wrong')
    expect(await ask(right)).toMatchObject({ kind: 'ok' })
  })

  test('meets silence when the turn comes too late for the device', async () => {
    const { ask } = target({})
    expect(await ask(right, 'alice', 0)).toMatchObject({ kind: 'overloaded' })
  })
})

test('a flood is checked two at a time, and beyond what may wait meets silence at once', async () => {
  const { ask } = target({})
  const outcomes = await Promise.all(
    Array.from({ length: 2_010 }, (_, index) => ask(right, 'alice', index < 5 ? Infinity : 0)),
  )
  expect(outcomes.filter(({ kind }) => kind === 'ok')).toHaveLength(5)
  expect(outcomes.filter(({ kind }) => kind === 'overloaded')).toHaveLength(2_005)
})
