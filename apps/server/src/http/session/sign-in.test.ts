import type { AdministratorRecord } from '@sallyport/store'
import { describe, expect, test } from 'vitest'
import { createKnownAddresses } from './known-addresses.ts'
import { createSignIn, type SignInDependencies } from './sign-in.ts'

const administrator: AdministratorRecord = {
  id: '00000000-0000-4000-8000-000000000001',
  username: 'ann',
  role: 'administrator',
  enabled: true,
  passwordHash: 'hash of right',
  failedSignIns: 0,
  lockedUntil: null,
  lastSignInAt: null,
  identity: null,
  createdAt: new Date(0),
  version: 1,
}

function fakes(changes: Partial<SignInDependencies['administrators']> = {}) {
  const asked: (string | null)[] = []
  const signIn = createSignIn({
    administrators: {
      byUsername: async (name) => (name === 'ann' ? administrator : null),
      byId: async (id) => {
        asked.push(id)
        return id === administrator.id ? administrator : null
      },
      countFailedSignIn: async () => undefined,
      ...changes,
    },
    passwords: {
      hash: async () => '',
      verify: async (hashed, password) => {
        asked.push(hashed)
        return hashed === `hash of ${password}`
      },
    },
    throttle: { take: () => 0, clear: () => undefined },
    knownAddresses: createKnownAddresses(),
    clock: () => new Date(0),
  })
  const attempt = (username: string, password: string) => signIn({ username, password, address: '192.0.2.1' })
  return { attempt, asked }
}

describe('a failed sign-in', () => {
  test('takes the same steps for a name that nobody has: a hash is compared, a row is looked up', async () => {
    const unknown = fakes()
    const known = fakes()
    await expect(unknown.attempt('nobody', 'x')).rejects.toMatchObject({ code: 'sign-in-failed' })
    await expect(known.attempt('ann', 'x')).rejects.toMatchObject({ code: 'sign-in-failed' })
    expect(unknown.asked).toHaveLength(known.asked.length)
  })

  test('is answered before it is counted, so that the answer’s time does not tell that the name exists', async () => {
    const { attempt } = fakes({ countFailedSignIn: () => new Promise(() => undefined) })
    await expect(attempt('ann', 'x')).rejects.toMatchObject({ code: 'sign-in-failed' })
  })

  test('is counted before the next is judged', async () => {
    let failedSignIns = 0
    const counts: (Date | null)[] = []
    const { attempt } = fakes({
      byId: async () => ({ ...administrator, failedSignIns }),
      countFailedSignIn: async (_, until) => {
        await Promise.resolve()
        failedSignIns += 1
        counts.push(until)
      },
    })
    await Promise.allSettled(Array.from({ length: 11 }, () => attempt('ann', 'x')))
    await Promise.allSettled([attempt('ann', 'x')])
    expect(counts.slice(0, 10).map((until) => until !== null)).toEqual([...Array<boolean>(9).fill(false), true])
  })
})

test('a password that was changed while it was compared lets nobody in', async () => {
  const { attempt } = fakes({ byId: async () => ({ ...administrator, passwordHash: 'hash of new' }) })
  await expect(attempt('ann', 'right')).rejects.toMatchObject({ code: 'sign-in-failed' })
})

test('the right password lets in', async () => {
  expect(await fakes().attempt('ann', 'right')).toEqual(administrator)
})
