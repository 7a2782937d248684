/** Twilio, played by a real HTTP server that answers as its documentation says. */
import { afterEach, describe, expect, it } from 'vitest'
import { tryOne } from '../core/failover.ts'
import { account, ear, messageSid, textJob, twilioSmsSettings } from '../test/gateways.ts'
import { signedByTwilio as callback } from '../test/twilio-callback.ts'
import { startWebGateway } from '../test/web-gateway.ts'
import { isFromTwilio, twilioSignature } from './signature.ts'
import { createTwilioSmsGateway } from './sms.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function twilio(answer: Parameters<typeof startWebGateway>[0]) {
  const server = await startWebGateway(answer)
  closers.push(() => server.close())
  return server
}

describe('X-Twilio-Signature', () => {
  it('is the one of Twilio’s own example', () => {
    const form = new URLSearchParams({
      ...{ CallSid: 'CA1234567890ABCDE', Caller: '+14158675309', Digits: '1234' },
      ...{ From: '+14158675309', To: '+18005551212' },
    })
    const url = 'https://mycompany.com/myapp.php?foo=1&bar=2'
    const signature = 'RSOYDt4T1cUTdK1PDd93/VVr8B8='
    expect(twilioSignature('12345', url, form)).toBe(signature)
    expect(isFromTwilio('12345', new URL(url), form, signature)).toBe(true)
    form.set('Digits', '1235')
    expect(isFromTwilio('12345', new URL(url), form, signature)).toBe(false)
  })

  it('fits with the port or without it', () => {
    const form = new URLSearchParams()
    const signature = twilioSignature('12345', 'https://example.com:443/a', form)
    expect(isFromTwilio('12345', new URL('https://example.com/a'), form, signature)).toBe(true)
    expect(isFromTwilio('12345', new URL('https://example.com:8443/a'), form, signature)).toBe(false)
  })
})

describe('a text by Twilio', () => {
  it('is created with where to call back and until when it counts, and taken by its SID', async () => {
    const server = await twilio((response) =>
      response.writeHead(201).end(JSON.stringify({ sid: messageSid, status: 'queued' })),
    )
    const gateway = createTwilioSmsGateway(twilioSmsSettings(server.url), ear())
    expect(await tryOne(textJob(), { gateway }, 2_000)).toMatchObject({ kind: 'taken', references: [messageSid] })
    const [asked] = server.asked
    expect(asked?.path).toBe(`/2010-04-01/Accounts/${account}/Messages.json`)
    expect(asked?.headers.authorization).toBe(`Basic ${Buffer.from(`${account}:token`).toString('base64')}`)
    const form = Object.fromEntries(new URLSearchParams(asked?.body))
    expect(form).toMatchObject({ To: '+4930123456', From: '+15005550006', Body: 'Code: 123456' })
    expect(form['StatusCallback']).toBe('https://login.example.com/callbacks/twilio/receipt')
    expect(Number(form['ValidityPeriod'])).toBeGreaterThan(50)
    const service = `MG${'0'.repeat(32)}`
    const serviced = createTwilioSmsGateway(twilioSmsSettings(server.url, service), ear())
    await tryOne(textJob(), { gateway: serviced }, 2_000)
    expect(new URLSearchParams(server.asked[1]?.body).get('MessagingServiceSid')).toBe(service)
  })

  it('is refused for good where the number is at fault, and for now where Twilio or the account is', async () => {
    const attempt = async (status: number, body: object) => {
      const server = await twilio((response) => response.writeHead(status).end(JSON.stringify(body)))
      return tryOne(textJob(), { gateway: createTwilioSmsGateway(twilioSmsSettings(server.url), ear()) }, 2_000)
    }
    expect(await attempt(400, { code: 21211 })).toMatchObject({ kind: 'refused', permanent: true, suspect: false })
    expect(await attempt(401, { code: 20003 })).toMatchObject({ permanent: false, suspect: true })
    expect(await attempt(429, { code: 20429 })).toMatchObject({ permanent: false, suspect: false })
    expect(await attempt(200, { hello: 'world' })).toMatchObject({ kind: 'refused', suspect: true })
  })

  it('hears receipts and replies that are signed, each reply once', async () => {
    const news = ear()
    const gateway = createTwilioSmsGateway(twilioSmsSettings('http://127.0.0.1:1'), news)
    const receipt = (status: string, more = {}) =>
      gateway.callback?.(
        'receipt',
        callback('/callbacks/twilio/receipt', { MessageSid: messageSid, MessageStatus: status, ...more }),
      )
    expect(await receipt('sent')).toMatchObject({ status: 204 })
    await receipt('delivered')
    await receipt('undelivered', { ErrorCode: '30003' })
    const reply = callback('/callbacks/twilio/reply', {
      MessageSid: 'SM1',
      From: '+4930123456',
      To: '+15005550006',
      Body: '123456',
    })
    for (let times = 0; times < 2; times++)
      expect(await gateway.callback?.('reply', reply)).toMatchObject({ status: 200 })
    expect(news.heard).toEqual([
      { references: [messageSid], state: 'delivered', detail: 'delivered' },
      { references: [messageSid], state: 'failed', detail: 'undelivered (30003)' },
      { from: '+4930123456', to: '+15005550006', text: '123456' },
    ])
  })

  it('throws away what is unsigned, signed by another token, for another address or account', async () => {
    const news = ear()
    const gateway = createTwilioSmsGateway(twilioSmsSettings('http://127.0.0.1:1'), news)
    const path = '/callbacks/twilio/reply'
    const fields = { MessageSid: 'SM1', From: '+4930123456', Body: '123456' }
    const right = callback(path, fields)
    for (const request of [
      { ...right, headers: {} },
      { ...right, headers: { 'x-twilio-signature': '' } },
      callback(path, fields, 'tokem'),
      { ...right, body: `${right.body}7` },
      { ...right, url: `${right.url}?more=1` },
      { ...right, method: 'GET' },
      callback('/callbacks/twilio/receipt', fields),
      callback(path, { ...fields, AccountSid: `AC${'1'.repeat(32)}` }),
    ]) {
      expect(await gateway.callback?.('reply', request)).toMatchObject({ status: 403 })
    }
    expect(await gateway.callback?.('call', callback('/callbacks/twilio/call', fields))).toMatchObject({ status: 404 })
    expect(news.heard).toEqual([])
  })
})
