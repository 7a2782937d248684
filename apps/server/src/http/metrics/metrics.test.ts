import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EngineStatus } from '../../bus/notices.ts'
import { startConsole, type TestConsole } from '../test/console.ts'

let console: TestConsole
let cookie: string
beforeAll(async () => {
  console = await startConsole()
  cookie = await console.signInAs('administrator')
  console.engine.status = { ...console.engine.status, ...busy }
})
afterAll(() => console.close())

const busy: Partial<EngineStatus> = {
  signIns: {
    clients: [
      { client: 'VPN', accepted: 5, rejected: 2, challenged: 3, unanswered: 0 },
      { client: 'a "quoted\\ name\nof two lines', accepted: 1, rejected: 0, challenged: 0, unanswered: 0 },
      { client: '', accepted: 0, rejected: 0, challenged: 0, unanswered: 9 },
    ],
    buckets: [
      { upTo: 0.005, count: 2 },
      { upTo: 60, count: 5 },
    ],
    seconds: 12.5,
    count: 8,
  },
  drops: { 'unknown-client': 9 },
  targetServers: [
    { server: 'ldap1', state: 'up', sinceMs: 0, problem: null },
    { server: 'ldap1', state: 'down', sinceMs: 0, problem: null },
  ],
  threads: [{ thread: 'engine', activeMs: 1500, idleMs: 500 }],
}
const scrape = (token?: string) =>
  console.call('GET', '/metrics', token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } })
const make = async () => String((await console.call('POST', '/api/metrics-token', { cookie })).body['token'])

describe('/metrics', () => {
  test('is not there until a token is made, and not after it was revoked', async () => {
    expect((await scrape('x')).status).toBe(404)
    const token = await make()
    expect((await scrape(token)).status).toBe(200)
    expect((await console.call('DELETE', '/api/metrics-token', { cookie })).status).toBe(204)
    expect((await scrape(token)).status).toBe(404)
  })

  test('is for who shows the newest token, and nobody else, an administrator’s cookie included', async () => {
    const old = await make()
    const token = await make()
    expect(token).toMatch(/^[\w-]{43}$/)
    for (const wrong of [undefined, '', old, `${token}x`, token.slice(1)]) {
      const answer = await scrape(wrong)
      expect(answer.status).toBe(401)
      expect(answer.headers['www-authenticate']).toContain('Bearer')
    }
    expect((await console.call('GET', '/metrics', { cookie })).status).toBe(401)
    expect((await scrape(token)).status).toBe(200)
  })

  test('keeps the token nowhere: a sealed hash alone, and an entry in the trail without it', async () => {
    const token = await make()
    const { text } = await console.call('GET', '/api/metrics-token', { cookie })
    expect(text).not.toContain(token)
    const { rows } = await console.store.audit.list({ limit: 1 })
    expect(rows).toMatchObject([{ action: 'created', subjectKind: 'metrics-token', before: null, after: null }])
  })

  test('is what promtool takes for valid', async () => {
    const { text, headers } = await scrape(await make())
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8')
    const checked = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' })
    expect(checked.error).toBeUndefined()
    expect(checked.stdout + checked.stderr).toBe('')
    expect(checked.status).toBe(0)
  })

  test('counts sign-ins by client and result, and how long they took, in growing buckets', async () => {
    const lines = (await scrape(await make())).text.split('\n')
    expect(lines).toEqual(
      expect.arrayContaining([
        'sallyport_sign_ins_total{client="VPN",result="accepted"} 5',
        'sallyport_sign_ins_total{client="a \\"quoted\\\\ name\\nof two lines",result="accepted"} 1',
        'sallyport_sign_ins_total{client="",result="unanswered"} 9',
        'sallyport_sign_in_duration_seconds_bucket{le="0.005"} 2',
        'sallyport_sign_in_duration_seconds_bucket{le="60"} 7',
        'sallyport_sign_in_duration_seconds_bucket{le="+Inf"} 8',
        'sallyport_sign_in_duration_seconds_count 8',
        'sallyport_dropped_datagrams_total{reason="unknown-client"} 9',
        'sallyport_target_state{name="ldap1",state="down"} 1',
        'sallyport_thread_active_seconds_total{thread="engine"} 1.5',
        'sallyport_engine_up 1',
      ]),
    )
    const series = lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.replace(/ \S+$/, ''))
    expect(new Set(series).size).toBe(series.length)
  })

  test('says so when the engine does not answer', async () => {
    const token = await make()
    console.engine.silent = true
    const { status, text } = await scrape(token)
    console.engine.silent = false
    expect(status).toBe(200)
    expect(text).toContain('sallyport_engine_up 0\n')
    expect(text).not.toContain('sallyport_sign_ins_total')
  })
})
