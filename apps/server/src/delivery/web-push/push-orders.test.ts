import { describe, expect, test } from 'vitest'
import type { PendingRequest } from '../../bus/pending.ts'
import { createPushOrders, type PushOrderDependencies } from './push-orders.ts'
import type { PushOutcome } from './send.ts'

const id = '0b9ab3c5-9a2c-4f5e-8e0e-3a6f6e8f1a11'
const push = (host: string) => ({ endpoint: `https://${host}/secret-path`, p256dh: '', auth: '' })

function ordersWith(
  outcomes: Record<string, PushOutcome | readonly PushOutcome[]>,
  deviceIds = Object.keys(outcomes),
  open: string[] = [],
) {
  let isOver = false
  let nowMs = 1000
  const waits: number[] = []
  const tries = new Map<string, number>()
  const sent: unknown[] = []
  const dropped: string[] = []
  const problems: unknown[] = []
  const dependencies: PushOrderDependencies = {
    devices: {
      pushOf: async (ids) => ids.filter((each) => each in outcomes).map((each) => ({ id: each, push: push(each) })),
      dropPush: async (device) => void dropped.push(device),
    },
    request: (asked) =>
      asked === id && !isOver ? ({ id, deviceIds, expiresAtMs: 61_000 } as unknown as PendingRequest) : undefined,
    isOpen: (device) => open.includes(device),
    sender: {
      send: async (to, message) => {
        sent.push(message)
        const { host } = new URL(to.endpoint)
        const tried = tries.get(host) ?? 0
        tries.set(host, tried + 1)
        const each = [outcomes[host] ?? []].flat()
        return each[Math.min(tried, each.length - 1)] ?? { kind: 'gone' }
      },
    },
    clock: () => new Date(nowMs),
    wait: async (ms) => {
      waits.push(ms)
      nowMs += ms
    },
    onProblem: (about) => void problems.push(about),
  }
  return { handle: createPushOrders(dependencies), sent, dropped, problems, waits, end: () => (isOver = true) }
}

test('a push says which request and nothing else, for as long as the request waits, in the place of an earlier one', async () => {
  const { handle, sent } = ordersWith({ phone: { kind: 'accepted' } })
  expect(await handle({ id })).toMatchObject({ kind: 'sent', reference: '1 pushed to, 0 open' })
  expect(sent).toEqual([{ text: `{"id":"${id}"}`, ttlSeconds: 60, topic: id.replaceAll('-', '') }])
})

test('a subscription that the push service does not know any more is forgotten, and only that', async () => {
  const { handle, dropped } = ordersWith({ old: { kind: 'gone' }, phone: { kind: 'accepted' } })
  await handle({ id })
  expect(dropped).toEqual(['old'])
})

test('what goes wrong at a push service is told by its host: the path would let others send', async () => {
  const { handle, problems } = ordersWith({ phone: { kind: 'failed', problem: 'HTTP 500', retryable: true } })
  await handle({ id })
  expect(problems).toEqual([{ deviceId: 'phone', host: 'phone', problem: 'HTTP 500' }])
})

test('devices that no push reaches still count: an app that is open, or opened by hand, asks by itself', async () => {
  const { handle } = ordersWith({}, ['phone', 'tablet'], ['tablet'])
  expect(await handle({ id })).toMatchObject({ kind: 'sent', reference: '0 pushed to, 1 open' })
})

test('without any device, or once the sign-in is over, it fails', async () => {
  expect(await ordersWith({}, []).handle({ id })).toMatchObject({ kind: 'failed' })
  expect(await ordersWith({}).handle({ id: 'another' })).toMatchObject({ kind: 'failed', retryable: false })
})

describe('a push service that is out for a moment', () => {
  const out = { kind: 'failed', problem: 'HTTP 503', retryable: true } as const
  const accepted = { kind: 'accepted' } as const

  test('is tried once more, for the time that is left', async () => {
    const { handle, sent, waits, problems } = ordersWith({ phone: [out, accepted] })
    expect(await handle({ id })).toMatchObject({ kind: 'sent', reference: '1 pushed to, 0 open' })
    expect([waits, problems]).toEqual([[1000], []])
    expect(sent).toMatchObject([{ ttlSeconds: 60 }, { ttlSeconds: 59 }])
  })

  test('is given the time that it asks for, and no third try', async () => {
    const { handle, sent, waits, problems } = ordersWith({ phone: { ...out, retryAfterMs: 7000 } })
    await handle({ id })
    expect([waits, sent.length, problems.length]).toEqual([[7000], 2, 1])
  })

  test('is not asked again later than it helps, nor for what trying does not mend', async () => {
    for (const outcome of [
      { ...out, retryAfterMs: 21_000 },
      { ...out, retryable: false },
    ]) {
      const { handle, sent, waits } = ordersWith({ phone: outcome })
      await handle({ id })
      expect([waits, sent.length]).toEqual([[], 1])
    }
  })

  test('is not asked again once the sign-in is over', async () => {
    const { handle, sent, end } = ordersWith({ phone: out })
    const handled = handle({ id })
    end()
    await handled
    expect(sent).toHaveLength(1)
  })
})
