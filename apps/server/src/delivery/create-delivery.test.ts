/** The whole room over real protocols: a message centre, HTTP servers, and what comes back from them. */
import { afterEach, describe, expect, it } from 'vitest'
import type { AnyGatewaySettings } from './core/gateway.ts'
import { createDelivery, type DeliveryRoom } from './create-delivery.ts'
import { httpSmsSettings, newsList, smppSettings, textJob } from './test/gateways.ts'
import { startMessageCentre } from './test/message-centre.ts'
import { startWebGateway } from './test/web-gateway.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

function room(gateways: readonly AnyGatewaySettings[]): DeliveryRoom & { readonly news: readonly unknown[] } {
  const { news, onNews } = newsList()
  const delivery = createDelivery({ onNews, judgeKeys: () => Promise.resolve('refused'), clock: Date.now })
  closers.push(() => delivery.close())
  delivery.apply(gateways)
  return { ...delivery, news }
}

async function web(answer: Parameters<typeof startWebGateway>[0]) {
  const server = await startWebGateway(answer)
  closers.push(() => server.close())
  return server
}

async function centre(...options: Parameters<typeof startMessageCentre>) {
  const server = await startMessageCentre(...options)
  closers.push(() => server.close())
  return server
}

const shown = { 'x-sallyport-secret': 'sixteen or more.', 'content-type': 'application/json' }

describe('a text', () => {
  it('reaches the second gateway inside the device’s time where the first is silent, and later goes there first', async () => {
    const silent = await centre({ answer: () => null })
    const second = await web((response) => response.end('{"id": "w1"}'))
    const delivery = room([smppSettings(silent.port, { timeoutSeconds: 1 }), httpSmsSettings(second.url)])
    const job = textJob({ deadlineMs: Date.now() + 5_000 })
    expect(await delivery.text(job)).toEqual({ kind: 'sent', gateway: 'Web gateway', reference: 'w1' })
    expect([silent.submitted.length, second.asked.length]).toEqual([1, 1])
    expect(delivery.health()).toMatchObject([{ state: 'suspect' }, { state: 'up' }])
    await delivery.text(textJob({ id: 'job-2' }))
    expect([silent.submitted.length, second.asked.length]).toEqual([1, 2])
  })

  it('is sent once, however often the same job is asked for', async () => {
    const gateway = await web((response) => response.end('{"id": "w1"}'))
    const delivery = room([httpSmsSettings(gateway.url)])
    const answers = await Promise.all([delivery.text(textJob()), delivery.text(textJob()), delivery.text(textJob())])
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await delivery.text(textJob())).toEqual(answers[0])
    expect(gateway.asked).toHaveLength(1)
  })

  it('to what is no number with a country code goes nowhere', async () => {
    const gateway = await web((response) => response.end())
    const delivery = room([httpSmsSettings(gateway.url)])
    for (const [index, to] of [
      '0301234567',
      '+49',
      '+49 30 123456',
      '+4930123456\r\n',
      '+4930123456&x=1',
      '',
    ].entries()) {
      expect(await delivery.text(textJob({ id: `n${index}`, to }))).toMatchObject({ kind: 'failed', retryable: false })
    }
    expect(gateway.asked).toEqual([])
  })

  it('has its receipt told once, when every part has arrived', async () => {
    const messages = await centre()
    const delivery = room([smppSettings(messages.port)])
    await delivery.text(textJob({ text: 'long '.repeat(60) }))
    const tell = (id: string, stat: string) =>
      new Promise((resolve) =>
        messages.sessions[0]?.deliver_sm({ esm_class: 4, short_message: `id:${id} stat:${stat} err:000` }, resolve),
      )
    for (const id of ['m1', 'm1', 'm2', 'm2', 'unheard-of']) await tell(id, 'DELIVRD')
    expect(delivery.news).toEqual([{ kind: 'receipt', jobId: 'job-1', state: 'delivered', detail: 'DELIVRD' }])
  })

  it('that waits for a reply gets what its number sends, unless two wait for that number', async () => {
    const gateway = await web((response) => response.end('{}'))
    const delivery = room([httpSmsSettings(gateway.url, { callbackProof: 'secret' })])
    const reply = (text: string) =>
      delivery.handleCallback('web', 'reply', {
        ...{ method: 'POST', url: '/callbacks/web/reply', headers: shown },
        body: JSON.stringify({ from: '+4930123456', to: '1', text }),
      })
    await delivery.text(textJob({ wantReply: true }))
    await reply('one')
    await delivery.text(textJob({ id: 'job-2', wantReply: true }))
    await reply('two')
    const { news } = delivery
    expect(news).toMatchObject([
      { kind: 'reply', from: '+4930123456', text: 'one', jobId: 'job-1' },
      { kind: 'reply', text: 'two', jobId: null },
    ])
  })
})

describe('the room', () => {
  it('answers callbacks for what it does not have with 404, and unproven ones with 403', async () => {
    const delivery = room([httpSmsSettings('http://127.0.0.1:1/')])
    const request = { method: 'POST', url: '/callbacks/x/reply', headers: shown, body: '{}' }
    expect(await delivery.handleCallback('nobody', 'reply', request)).toMatchObject({ status: 404 })
    expect(await delivery.handleCallback('web', '__proto__', request)).toMatchObject({ status: 404 })
    expect(await delivery.handleCallback('web', 'reply', request)).toMatchObject({ status: 403 })
  })

  it('keeps the connection of a gateway that stays as it was, and gives up one that changed or was disabled', async () => {
    const messages = await centre()
    const same = smppSettings(messages.port)
    const delivery = room([same])
    await delivery.text(textJob())
    delivery.apply([httpSmsSettings('http://127.0.0.1:1/'), { ...same, name: 'Renamed' }])
    expect(await delivery.text(textJob({ id: 'job-2' }))).toMatchObject({ gateway: 'Renamed' })
    expect(messages.binds).toHaveLength(1)
    delivery.apply([smppSettings(messages.port, { sender: 'Other' })])
    await delivery.text(textJob({ id: 'job-3' }))
    expect(messages.binds).toHaveLength(2)
    delivery.apply([{ ...same, enabled: false }])
    expect(await delivery.text(textJob({ id: 'job-4' }))).toMatchObject({ kind: 'failed', retryable: false })
    expect(delivery.health()).toEqual([])
  })

  it('has no gateway for calls and mail that are not set up, and says so', async () => {
    const delivery = room([])
    expect(await delivery.mail({ id: 'm', to: 'ada@example.org', subject: '', text: '' })).toMatchObject({
      kind: 'failed',
    })
    expect(await delivery.mail({ id: 'n', to: 'a@b.c, eve@example.org', subject: '', text: '' })).toEqual({
      ...{ kind: 'failed', retryable: false },
      problems: [{ gateway: '', problem: 'The mail address is not one.' }],
    })
  })
})
