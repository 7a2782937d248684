import { expect, test } from 'vitest'
import type { PendingRequest } from '../../bus/pending.ts'
import { createPushOrders, type PushOrderDependencies } from './push-orders.ts'
import type { PushOutcome } from './send.ts'

const id = '0b9ab3c5-9a2c-4f5e-8e0e-3a6f6e8f1a11'
const push = (host: string) => ({ endpoint: `https://${host}/secret-path`, p256dh: '', auth: '' })

function ordersWith(outcomes: Record<string, PushOutcome>, deviceIds = Object.keys(outcomes), open: string[] = []) {
  const sent: unknown[] = []
  const dropped: string[] = []
  const problems: unknown[] = []
  const dependencies: PushOrderDependencies = {
    devices: {
      pushOf: async (ids) => ids.filter((each) => each in outcomes).map((each) => ({ id: each, push: push(each) })),
      dropPush: async (device) => void dropped.push(device),
    },
    request: (asked) =>
      asked === id ? ({ id, deviceIds, expiresAtMs: 61_000 } as unknown as PendingRequest) : undefined,
    isOpen: (device) => open.includes(device),
    sender: {
      send: async (to, message) => {
        sent.push(message)
        return outcomes[new URL(to.endpoint).host] ?? { kind: 'gone' }
      },
    },
    clock: () => new Date(1000),
    onProblem: (about) => void problems.push(about),
  }
  return { handle: createPushOrders(dependencies), sent, dropped, problems }
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
