/** Calls by Twilio, played by a real HTTP server that answers as its documentation says. */
import { afterEach, describe, expect, it } from 'vitest'
import { tryOne } from '../core/failover.ts'
import type { GatewaySettings } from '../core/gateway.ts'
import { account, callJob, ear, type Ear } from '../test/gateways.ts'
import { signedByTwilio as callback } from '../test/twilio-callback.ts'
import { startWebGateway } from '../test/web-gateway.ts'
import type { JudgeKeys } from '../types.ts'
import { createTwilioVoiceGateway } from './voice.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
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
    const server = await startWebGateway((response) =>
      response.writeHead(201).end(JSON.stringify({ sid: `CA${'0'.repeat(32)}` })),
    )
    closers.push(() => server.close())
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

  it('that proves a number says so, asks for what the screen shows, and never speaks of a sign-in', async () => {
    const { keys, judge } = judged('again', 'accepted')
    const { asked, ask } = await begun({ mode: 'pin', fraudCode: null, purpose: 'proof' }, judge)
    const question = await ask(asked.get('Url') ?? '')
    expect(question.body).toContain('Somebody is setting up this phone number. If it is not you, hang up.')
    expect(question.body).toContain('the six digits that your screen shows')
    const second = await ask(question.action, { Digits: '000000' })
    expect(second.body).toContain('That was not right')
    const last = await ask(second.action, { Digits: '123456' })
    expect(last.body).toContain('This number is set up')
    expect(keys).toEqual(['000000', '123456'])
    for (const { body } of [question, second, last]) expect(body).not.toMatch(/sign(ing|ed)? ?-?in/u)
    const lost = await begun(
      { mode: 'pin', fraudCode: null, purpose: 'proof', language: 'de' },
      judged('refused').judge,
    )
    const german = await lost.ask(lost.asked.get('Url') ?? '')
    expect(german.body).toContain('die sechs Ziffern')
    expect((await lost.ask(german.action, { Digits: '1' })).body).toContain('Diese Nummer wurde nicht eingerichtet')
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
