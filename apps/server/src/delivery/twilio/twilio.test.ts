/** Twilio, played by a real HTTP server that answers as its documentation says. */
import { afterEach, describe, expect, it } from 'vitest'
import { tryOne } from '../core/failover.ts'
import type { GatewaySettings } from '../core/gateway.ts'
import { account, callJob, ear, messageSid, textJob, twilioSmsSettings, type Ear } from '../test/gateways.ts'
import { startWebGateway } from '../test/web-gateway.ts'
import type { JudgeKeys } from '../types.ts'
import { isFromTwilio, twilioSignature } from './signature.ts'
import { createTwilioSmsGateway } from './sms.ts'
import { createTwilioVoiceGateway } from './voice.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function twilio(answer: Parameters<typeof startWebGateway>[0]) {
  const server = await startWebGateway(answer)
  closers.push(() => server.close())
  return server
}

/** A callback as Twilio would sign it. */
function callback(path: string, fields: Readonly<Record<string, string>>, token = 'token') {
  const form = new URLSearchParams({ AccountSid: account, ...fields })
  const signature = twilioSignature(token, `https://login.example.com${path}`, form)
  return {
    method: 'POST',
    url: `http://inside:8443${path}`,
    headers: { 'x-twilio-signature': signature },
    body: form.toString(),
  }
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

describe('a call by Twilio', () => {
  const settings = (apiUrl: string): GatewaySettings<'twilio-voice'> => ({
    ...{ id: 'voice', name: 'Twilio', enabled: true, secret: 'token' },
    configuration: {
      ...{ type: 'twilio-voice', accountSid: account, apiUrl, timeoutSeconds: 2, caller: '+15005550006' },
      ...{ callbackUrl: 'https://login.example.com/mfa/', ringSeconds: 25 },
    },
  })
  const begun = async (job: Partial<Parameters<typeof callJob>[0]> = {}, judge?: JudgeKeys, clock?: () => number) => {
    const server = await twilio((response) =>
      response.writeHead(201).end(JSON.stringify({ sid: `CA${'0'.repeat(32)}` })),
    )
    const news: Ear = ear(judge, clock)
    const gateway = createTwilioVoiceGateway(settings(server.url), news)
    expect(await tryOne(callJob(job), { gateway }, 2_000)).toMatchObject({ kind: 'taken' })
    const asked = new URLSearchParams(server.asked[0]?.body)
    /** Twilio asks what to say; the answer's action is where it would bring the keys. */
    const ask = async (url: string, fields: Readonly<Record<string, string>> = {}) => {
      const { pathname, search } = new URL(url.replaceAll('&amp;', '&'))
      const kind = pathname.split('/').at(-1) ?? ''
      const answer = await gateway.callback?.(
        kind,
        callback(pathname + search, { CallSid: `CA${'0'.repeat(32)}`, ...fields }),
      )
      const body = answer?.body ?? ''
      return { status: answer?.status, body, action: /action="([^"]+)"/u.exec(body)?.[1] ?? '' }
    }
    return { asked, ask, news, gateway }
  }
  const judged = (...verdicts: Awaited<ReturnType<JudgeKeys>>[]) => {
    const keys: string[] = []
    const judge: JudgeKeys = (each) => {
      keys.push(each.keys)
      return Promise.resolve(verdicts[keys.length - 1] ?? 'refused')
    }
    return { keys, judge }
  }

  it('is made with everything that Twilio needs to come back', async () => {
    const { asked } = await begun({ extension: 'ww12' })
    expect(Object.fromEntries(asked)).toMatchObject({
      ...{ To: '+4930123456', From: '+15005550006', SendDigits: 'ww12', Timeout: '25' },
      Url: 'https://login.example.com/mfa/callbacks/voice/call?job=call-1',
      StatusCallback: 'https://login.example.com/mfa/callbacks/voice/event?job=call-1',
    })
    expect(asked.getAll('StatusCallbackEvent')).toEqual(['answered', 'completed'])
  })

  it('says who asks, with markup as text, in the person’s language', async () => {
    const { asked, ask } = await begun({ applicationName: '<Dial>+1900</Dial> & "VPN"\u0000' })
    const { status, body } = await ask(asked.get('Url') ?? '')
    expect(status).toBe(200)
    expect(body).toContain('&lt;Dial&gt;+1900&lt;/Dial&gt; &amp; &quot;VPN&quot; with')
    expect(body).not.toContain('<Dial>')
    const german = await begun({ language: 'de-AT' })
    const heard = await german.ask(german.asked.get('Url') ?? '')
    expect(heard.body).toContain('<Say language="de-DE">Guten Tag.')
    expect(heard.body).toContain('drücken Sie 0 und dann die Rautetaste')
  })

  it('approves by # alone, and asks for it as a key so that silence is none', async () => {
    const { keys, judge } = judged('accepted')
    const { asked, ask } = await begun({}, judge)
    const question = await ask(asked.get('Url') ?? '')
    expect(question.body).toContain('finishOnKey="" numDigits="1"')
    expect((await ask(question.action, { Digits: '' })).body).toContain('No key was pressed')
    expect((await ask(question.action, {})).body).toContain('No key was pressed')
    expect(keys).toEqual([])
    expect((await ask(question.action, { Digits: '#' })).body).toContain('You are signed in')
    expect(keys).toEqual([''])
  })

  it('reports fraud by its code and #, and takes no other key for an answer', async () => {
    const { keys, judge } = judged('fraud')
    const { asked, ask } = await begun({ fraudCode: '05' }, judge)
    const question = await ask(asked.get('Url') ?? '')
    const again = await ask(question.action, { Digits: '7' })
    expect(again.body).toContain('That was not right')
    const rest = await ask(again.action, { Digits: '0' })
    expect(rest.body).toContain('numDigits="2"')
    expect((await ask(rest.action, { Digits: '5' })).body).toContain('That was not right')
    expect(keys).toEqual([])
    expect((await ask(rest.action, { Digits: '5#' })).body).toContain('reporting this')
    expect(keys).toEqual(['05'])
  })

  it('asks for a PIN up to three times, and answers a repeated request as before', async () => {
    const { keys, judge } = judged('again', 'again', 'again', 'accepted')
    const { asked, ask } = await begun({ mode: 'pin' }, judge)
    const question = await ask(asked.get('Url') ?? '')
    expect(question.body).toContain('finishOnKey="#"')
    const second = await ask(question.action, { Digits: '1111' })
    expect((await ask(question.action, { Digits: '9999' })).body).toBe(second.body)
    const third = await ask(second.action, { Digits: '2222' })
    const last = await ask(third.action, { Digits: '3333' })
    expect(last.body).toContain('The sign-in was refused')
    const forged = third.action.replace('turn=3', 'turn=4')
    expect((await ask(forged, { Digits: '4444' })).body).toContain('over')
    expect(keys).toEqual(['1111', '2222', '3333'])
  })

  it('takes no keys after its time, of a call that it did not make, or without an answer from the judge', async () => {
    let nowMs = Date.now()
    const { keys, judge } = judged('accepted')
    const late = await begun({ deadlineMs: nowMs + 30_000 }, judge, () => nowMs)
    const question = await late.ask(late.asked.get('Url') ?? '')
    nowMs += 30_001
    expect((await late.ask(question.action, { Digits: '#' })).body).toContain('This sign-in is over')
    expect((await late.ask((late.asked.get('Url') ?? '').replace('call-1', 'call-2'))).body).toContain('over')
    expect(keys).toEqual([])
    const broken = await begun({}, () => Promise.reject(new Error('gone')))
    const asked = await broken.ask(broken.asked.get('Url') ?? '')
    expect((await broken.ask(asked.action, { Digits: '#' })).body).toContain('refused')
  })

  it('tells once how a call ended', async () => {
    const { asked, ask, news } = await begun()
    const url = asked.get('StatusCallback') ?? ''
    for (const CallStatus of ['in-progress', 'busy', 'busy', 'completed'])
      expect((await ask(url, { CallStatus })).status).toBe(204)
    expect(news.heard).toEqual([
      { jobId: 'call-1', event: 'answered' },
      { jobId: 'call-1', event: 'busy' },
    ])
  })

  it('does nothing for a callback without its signature', async () => {
    const { keys, judge } = judged('accepted')
    const { gateway, news } = await begun({}, judge)
    const request = callback('/mfa/callbacks/voice/keys?job=call-1&turn=1', { Digits: '#' }, 'forged')
    expect(await gateway.callback?.('keys', request)).toMatchObject({ status: 403 })
    expect(await gateway.callback?.('event', { ...request, headers: {} })).toMatchObject({ status: 403 })
    expect([keys, news.heard]).toEqual([[], []])
  })
})
