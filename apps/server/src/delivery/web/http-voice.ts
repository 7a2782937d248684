/** Phone calls through a gateway that speaks the small protocol of this room's README: signed requests both ways. */
import { z } from 'zod'
import { refused, unknown, type Gateway, type GatewayNews, type GatewaySettings } from '../core/gateway.ts'
import type { CallJob } from '../../bus/delivery-jobs.ts'
import type { CallbackAnswer } from '../../bus/gateway-callbacks.ts'
import { createCalls, mostTurns } from '../voice/calls.ts'
import { spelledOut, wordsOf } from '../voice/words.ts'
import { badCallback, refusedCallback, taken, unknownCallback } from './answers.ts'
import { callbackAddress, meantAddress } from './callback-address.ts'
import { exchange } from '../../outgoing/exchange.ts'
import { jsonFields } from './fields.ts'
import { createHmacProof, signed } from './proof.ts'

const jobId = z.string().min(1).max(200)
const event = z.discriminatedUnion('event', [
  z.object({ id: jobId, event: z.enum(['answered', 'busy', 'no-answer', 'hung-up', 'failed']) }),
  z.object({
    id: jobId,
    event: z.literal('keys'),
    turn: z.int().min(1).max(mostTurns),
    keys: z.string().regex(/^\d{0,40}$/u),
  }),
])

export function createHttpVoiceGateway(settings: GatewaySettings<'http-voice'>, news: GatewayNews): Gateway<CallJob> {
  const { id, configuration, secret } = settings
  const calls = createCalls(news)
  const proof =
    secret === undefined
      ? undefined
      : createHmacProof(secret, news.clock, (request) => {
          const { pathname, search } = meantAddress(configuration.callbackUrl, id, 'event', request)
          return pathname + search
        })

  return {
    async send(job, { signal }) {
      if (secret === undefined) return refused('Its secret is missing.')
      calls.begin(job)
      const url = new URL(configuration.url)
      const body = JSON.stringify({
        version: 1,
        id: job.id,
        to: job.to,
        extension: job.extension,
        language: job.language,
        mode: job.mode,
        say: greetingOf(job),
        deadline: new Date(job.deadlineMs).toISOString(),
        callback: callbackAddress(configuration.callbackUrl, id, 'event').href,
      })
      const headers = { 'content-type': 'application/json', ...signed(secret, news.clock(), url, body) }
      const answer = await exchange({ method: 'POST', url, headers, body, caPem: configuration.caPem }, signal)
      if (answer.kind === 'unsent') return refused(answer.problem)
      if (answer.kind === 'unanswered') return unknown(answer.problem)
      const said = `${answer.status} ${answer.body.slice(0, 500)}`.trim()
      const reference = jsonFields(answer.body)('reference')
      if (answer.status >= 200 && answer.status < 300 && reference !== undefined) {
        return { kind: 'taken', references: [reference.slice(0, 200)], said }
      }
      return refused(`It answered with status ${answer.status}${answer.status < 300 ? ', without a reference' : ''}.`, {
        said,
        // 422: this number is not for it.
        permanent: answer.status === 422,
        suspect: answer.status !== 429 && answer.status !== 422,
      })
    },
    async callback(kind, request) {
      if (kind !== 'event') return unknownCallback
      // What was heard already is answered again: turns and ends count once each.
      if ((proof?.check(request) ?? 'refused') === 'refused') return refusedCallback
      const parsed = event.safeParse(parseJson(request.body))
      if (!parsed.success) return badCallback
      const told = parsed.data
      if (told.event !== 'keys') {
        if (told.event === 'answered') {
          if (calls.open(told.id) !== undefined) news.call(told.id, told.event)
        } else if (calls.end(told.id) !== undefined) news.call(told.id, told.event)
        return taken
      }
      const words = wordsOf(calls.open(told.id))
      const verdict = await calls.judge(told.id, told.turn, told.keys)
      if (verdict === 'again' && told.turn < mostTurns) return spoken(words.again, 'ask')
      return spoken(words[verdict === 'again' ? 'refused' : verdict], 'hang-up')
    },
    close: () => undefined,
  }
}

function greetingOf(job: CallJob): string {
  const words = wordsOf(job)
  const fraud = job.fraudCode === null ? [] : [words.reportFraud(spelledOut(job.fraudCode))]
  const ask = job.mode === 'pin' ? words.enterPin : words.pressHash
  return [words.greeting(job.applicationName), ask, ...fraud].join(' ')
}

function spoken(say: string, then: 'ask' | 'hang-up'): CallbackAnswer {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' }
  return { status: 200, headers, body: JSON.stringify({ say, then }) }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
