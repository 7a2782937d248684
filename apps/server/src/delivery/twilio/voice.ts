/** Phone calls by Twilio: it calls, asks us what to say (TwiML), and brings the keys. */
import type { Gateway, GatewayNews, GatewaySettings } from '../core/gateway.ts'
import type { CallJob } from '../../bus/delivery-jobs.ts'
import type { CallbackAnswer } from '../../bus/gateway-callbacks.ts'
import { createCalls, mostTurns } from '../voice/calls.ts'
import { spelledOut, wordsOf } from '../voice/words.ts'
import { refusedCallback, taken, unknownCallback } from '../web/answers.ts'
import { callbackAddress } from '../web/callback-address.ts'
import { create, proven } from './account.ts'
import { gather, hangUp, response, say } from './twiml.ts'

const keyTimeoutSeconds = 10
/** What became of a call, by Twilio's name for it. */
const events: Readonly<Record<string, Parameters<GatewayNews['call']>[1]>> = {
  'in-progress': 'answered',
  completed: 'hung-up',
  busy: 'busy',
  'no-answer': 'no-answer',
  canceled: 'failed',
  failed: 'failed',
}

export function createTwilioVoiceGateway(
  settings: GatewaySettings<'twilio-voice'>,
  news: GatewayNews,
): Gateway<CallJob> {
  const { id, configuration } = settings
  const calls = createCalls(news)
  const addressOf = (kind: string, query: Readonly<Record<string, string>>) => {
    const address = callbackAddress(configuration.callbackUrl, id, kind)
    address.search = new URLSearchParams(query).toString()
    return address.href
  }

  /** Asks for keys; what is said first differs. */
  const ask = (job: CallJob, turn: number, first: string): string => {
    const words = wordsOf(job)
    const fraud = job.fraudCode === null ? [] : [words.reportFraud(spelledOut(job.fraudCode))]
    const prompt = [first, job.mode === 'pin' ? words.enterPin : words.pressHash, ...fraud].join(' ')
    return response(
      gather({
        action: addressOf('keys', { job: job.id, turn: String(turn) }),
        keys: job.mode === 'pin' ? null : 1,
        timeoutSeconds: keyTimeoutSeconds,
        inside: say(words.voice, prompt),
      }),
      say(words.voice, words.nothingKeyed),
      hangUp,
    )
  }

  const keyed = async (job: CallJob, turn: number, first: string, digits: string): Promise<string> => {
    const words = wordsOf(job)
    const { fraudCode } = job
    const silence = response(say(words.voice, words.nothingKeyed), hangUp)
    // Empty would be # alone to whoever judges.
    if (job.mode === 'press-hash' && digits === '') return silence
    if (job.mode === 'press-hash' && first === '' && digits !== '#' && fraudCode?.startsWith(digits)) {
      // The rest of the fraud code and its #: as many keys as the code has.
      const action = addressOf('keys', { job: job.id, turn: String(turn), first: digits })
      const rest = gather({ action, keys: fraudCode.length, timeoutSeconds: keyTimeoutSeconds, inside: '' })
      return response(rest, say(words.voice, words.nothingKeyed), hangUp)
    }
    const all = first + digits
    // Another key than what was asked for is no answer: the call's own end bounds how often.
    if (job.mode === 'press-hash' && !all.endsWith('#')) return ask(job, turn, words.again)
    const verdict = await calls.judge(job.id, turn, all.replace(/#$/u, ''))
    if (verdict === 'again' && turn < mostTurns) return ask(job, turn + 1, words.again)
    const last = verdict === 'again' ? 'refused' : verdict
    return response(say(words.voice, words[last]), hangUp)
  }

  return {
    async send(job, { signal }) {
      calls.begin(job)
      const fields = new URLSearchParams({
        To: job.to,
        From: configuration.caller,
        Url: addressOf('call', { job: job.id }),
        Method: 'POST',
        StatusCallback: addressOf('event', { job: job.id }),
        StatusCallbackMethod: 'POST',
        Timeout: String(configuration.ringSeconds),
        TimeLimit: String(Math.max(10, Math.ceil((job.deadlineMs - news.clock()) / 1000))),
      })
      for (const event of ['answered', 'completed']) fields.append('StatusCallbackEvent', event)
      if (job.extension !== null) fields.set('SendDigits', job.extension)
      return create(settings, 'Calls', fields, signal)
    },
    async callback(kind, request) {
      if (kind !== 'call' && kind !== 'keys' && kind !== 'event') return unknownCallback
      const form = proven(settings, kind, request)
      if (form === undefined) return refusedCallback
      const query = new URL(request.url, 'http://localhost').searchParams
      const jobId = query.get('job') ?? ''
      if (kind === 'event') {
        const status = form.get('CallStatus') ?? ''
        const event = Object.hasOwn(events, status) ? events[status] : undefined
        if (event === 'answered') news.call(jobId, event)
        else if (event !== undefined && calls.end(jobId) !== undefined) news.call(jobId, event)
        return taken
      }
      const job = calls.open(jobId)
      const words = wordsOf(job)
      if (job === undefined) return xml(response(say(words.voice, words.over), hangUp))
      if (kind === 'call') return xml(ask(job, 1, words.greeting(job.applicationName)))
      const turn = Number(query.get('turn') ?? '')
      return xml(await keyed(job, turn, query.get('first') ?? '', (form.get('Digits') ?? '').slice(0, 40)))
    },
    close: () => undefined,
  }
}

function xml(body: string): CallbackAnswer {
  return { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8', 'cache-control': 'no-store' }, body }
}
