/** The small protocol for calls, with a real HTTP server as the gateway: both sides sign. */
import { afterEach, expect, it } from 'vitest'
import { tryOne } from '../core/failover.ts'
import type { GatewaySettings } from '../core/gateway.ts'
import { callJob, ear } from '../test/gateways.ts'
import { startWebGateway } from '../test/web-gateway.ts'
import type { CallJob } from '../../bus/delivery-jobs.ts'
import type { JudgeKeys } from '../types.ts'
import { createHttpVoiceGateway } from './http-voice.ts'
import { signatureOf } from './proof.ts'

const secret = 'sixteen or more.'
const target = '/callbacks/calls/event'
const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function called(status = 200, job: Partial<CallJob> = {}, judge?: JudgeKeys) {
  const server = await startWebGateway((response) => response.writeHead(status).end('{"reference": "c-7"}'))
  closers.push(() => server.close())
  const settings: GatewaySettings<'http-voice'> = {
    ...{ id: 'calls', name: 'Calls', enabled: true, secret },
    configuration: {
      ...{ type: 'http-voice', url: `${server.url}/calls?site=1`, caPem: null, timeoutSeconds: 2 },
      callbackUrl: 'https://login.example.com',
    },
  }
  const news = ear(judge)
  const gateway = createHttpVoiceGateway(settings, news)
  const attempt = await tryOne(callJob(job), { gateway }, 2_000)
  const tell = async (event: object, signedWith = secret) => {
    const body = JSON.stringify(event)
    const timestamp = String(Math.floor(Date.now() / 1000))
    const headers = {
      'x-sallyport-timestamp': timestamp,
      'x-sallyport-signature': signatureOf(signedWith, timestamp, target, body),
    }
    const answer = await gateway.callback?.('event', { method: 'POST', url: `http://inside${target}`, headers, body })
    return { status: answer?.status, ...(answer?.status === 200 ? (JSON.parse(answer.body) as object) : {}) }
  }
  return { server, attempt, news, tell }
}

it('asks for a call with what to say, signed over time, address and body', async () => {
  const { server, attempt } = await called()
  expect(attempt).toMatchObject({ kind: 'taken', references: ['c-7'] })
  const [asked] = server.asked
  const timestamp = String(asked?.headers['x-sallyport-timestamp'])
  const expected = signatureOf(secret, timestamp, '/calls?site=1', asked?.body ?? '')
  expect(asked?.headers['x-sallyport-signature']).toBe(expected)
  expect(JSON.parse(asked?.body ?? '')).toMatchObject({
    ...{ version: 1, id: 'call-1', to: '+4930123456', extension: null, language: 'en', mode: 'press-hash' },
    say: expect.stringContaining('signing in to VPN with your name') as string,
    callback: 'https://login.example.com/callbacks/calls/event',
  })
})

it('knows a number that is not for the gateway from a gateway that fails', async () => {
  expect((await called(422)).attempt).toMatchObject({ kind: 'refused', permanent: true, suspect: false })
  expect((await called(500)).attempt).toMatchObject({ kind: 'refused', permanent: false, suspect: true })
})

it('brings keys to the judge once a turn, and the answer back', async () => {
  const keys: string[] = []
  const judge: JudgeKeys = (each) => Promise.resolve(keys.push(each.keys) === 1 ? 'again' : 'accepted')
  const { tell } = await called(200, { mode: 'pin' }, judge)
  const first = { id: 'call-1', event: 'keys', turn: 1, keys: '1111' }
  expect(await tell(first)).toMatchObject({ then: 'ask', say: 'That was not right.' })
  expect(await tell({ ...first, keys: '2222' })).toMatchObject({ then: 'ask' })
  expect(await tell({ ...first, turn: 3 })).toMatchObject({
    then: 'hang-up',
    say: expect.stringContaining('over') as string,
  })
  expect(await tell({ ...first, turn: 2, keys: '1234' })).toMatchObject({
    then: 'hang-up',
    say: expect.stringContaining('Thank you') as string,
  })
  expect(await tell({ ...first, turn: 3, keys: '1234' })).toMatchObject({
    say: expect.stringContaining('over') as string,
  })
  expect(keys).toEqual(['1111', '1234'])
})

it('tells how a call ended once, and nothing of what is unsigned, strange or unknown', async () => {
  const { tell, news } = await called()
  expect(await tell({ id: 'call-1', event: 'busy' }, 'another secret here')).toEqual({ status: 403 })
  expect(await tell({ id: 'call-1', event: 'keys', turn: 0, keys: '' })).toEqual({ status: 400 })
  expect(await tell({ id: 'call-1', event: 'keys', turn: 1, keys: '<' })).toEqual({ status: 400 })
  expect(await tell({ id: 'nobody', event: 'busy' })).toEqual({ status: 204 })
  expect(news.heard).toEqual([])
  for (const event of ['answered', 'hung-up', 'hung-up', 'failed']) await tell({ id: 'call-1', event })
  expect(news.heard).toEqual([
    { jobId: 'call-1', event: 'answered' },
    { jobId: 'call-1', event: 'hung-up' },
  ])
})
