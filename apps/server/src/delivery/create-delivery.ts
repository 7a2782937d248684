/** The room: gateways by kind, in order; jobs go in, news come out. */
import { isE164, type GatewayKind, type GatewayType } from '@sallyport/contract'
import { deliver, tryOne, type Member, type Outcome } from './core/failover.ts'
import type { Attempt, Gateway, GatewayNews, GatewaySettings, AnyGatewaySettings } from './core/gateway.ts'
import { createHealth, type Health } from './core/health.ts'
import { createJobs } from './core/jobs.ts'
import { createSmtpGateway } from './mail/smtp.ts'
import { createSmppGateway } from './smpp/sms.ts'
import { createTwilioSmsGateway } from './twilio/sms.ts'
import { createTwilioVoiceGateway } from './twilio/voice.ts'
import type { CallJob, Delivered, MailJob, TextJob } from '../bus/delivery-jobs.ts'
import type { Delivery, DeliveryNews, JudgeKeys } from './types.ts'
import { unknownCallback } from './web/answers.ts'
import { createHttpSmsGateway } from './web/http-sms.ts'
import { createHttpVoiceGateway } from './web/http-voice.ts'

export interface DeliveryOptions {
  readonly onNews: (news: DeliveryNews) => void
  readonly judgeKeys: JudgeKeys
  /** Milliseconds since 1970. */
  readonly clock: () => number
}

/** The room as its owner has it. */
export interface DeliveryRoom extends Delivery {
  /** Gateways in order; those that are the same as before keep their connections. */
  apply(gateways: readonly AnyGatewaySettings[]): void
  /** One try through one gateway, whatever its health; undefined where none of that id is enabled. */
  try(gatewayId: string, job: AnyJob): Promise<Attempt | undefined>
  /** Nothing is sent any more; what is under way may end. */
  close(): Promise<void>
}

export type AnyJob =
  ({ readonly kind: 'sms' } & TextJob) | ({ readonly kind: 'voice' } & CallJob) | ({ readonly kind: 'mail' } & MailJob)

type AnyGateway =
  | { readonly kind: 'sms'; readonly gateway: Gateway<TextJob> }
  | { readonly kind: 'voice'; readonly gateway: Gateway<CallJob> }
  | { readonly kind: 'mail'; readonly gateway: Gateway<MailJob> }

type Present = AnyGateway & { readonly settings: AnyGatewaySettings; readonly health: Health; readonly made: string }

const mailWithinMs = 30_000
const noSpace = /^[^\s<>,;:"()[\]\\@]+@[^\s<>,;:"()[\]\\@]+$/u

export function createDelivery({ onNews, judgeKeys, clock }: DeliveryOptions): DeliveryRoom {
  const jobs = createJobs(clock)
  let present: readonly Present[] = []

  const newsOf = (gatewayId: string): GatewayNews => ({
    clock,
    judgeKeys,
    receipt: (references, state, detail) => {
      const jobId = jobs.receipt(gatewayId, references, state)
      if (jobId !== undefined) onNews({ kind: 'receipt', jobId, state, detail })
    },
    reply: ({ from, to, text }) => onNews({ kind: 'reply', from, to, text, jobId: jobs.replyOf(from) }),
    call: (jobId, event) => onNews({ kind: 'call', jobId, event }),
  })
  const members = <Job>(kind: GatewayKind): readonly Member<Job>[] =>
    present
      .filter((each) => each.kind === kind)
      .map(({ settings: { id, name, configuration }, gateway, health }) => ({
        ...{ id, name, health },
        timeoutMs: configuration.timeoutSeconds * 1000,
        // The kind decides what jobs it takes.
        gateway: gateway as Gateway<Job>,
      }))
  const answered = async (outcome: Promise<Outcome>): Promise<Delivered> => {
    const delivered = await outcome
    if (delivered.kind === 'failed') return delivered
    const { kind, gateway, reference } = delivered
    return { kind, gateway, reference }
  }

  return {
    text: (job) =>
      answered(
        jobs.once(`text ${job.id}`, job.deadlineMs, async () => {
          if (!isE164(job.to)) return unfit('The phone number is not one with a country code.')
          // Before it is sent: replies can be faster than the gateway's answer.
          if (job.wantReply) jobs.expectReply(job.to, job.id, job.deadlineMs)
          const outcome = await deliver(job, members<TextJob>('sms'), clock)
          if (outcome.by !== undefined) jobs.expectReceipts(outcome.by.gatewayId, job.id, outcome.by.references)
          return outcome
        }),
      ),
    call: (job) =>
      answered(
        jobs.once(`call ${job.id}`, job.deadlineMs, async () => {
          if (!isE164(job.to)) return unfit('The phone number is not one with a country code.')
          if (!/^[\dwW#*]{0,32}$/u.test(job.extension ?? '')) return unfit('The extension is not one of digits.')
          return deliver(job, members<CallJob>('voice'), clock)
        }),
      ),
    mail: (job) => {
      const deadlineMs = job.deadlineMs ?? clock() + mailWithinMs
      return answered(
        jobs.once(`mail ${job.id}`, deadlineMs, async () => {
          if (!noSpace.test(job.to) || job.to.length > 254) return unfit('The mail address is not one.')
          return deliver({ ...job, deadlineMs }, members<MailJob & { deadlineMs: number }>('mail'), clock)
        }),
      )
    },
    health: () => present.map(({ settings: { id }, kind, health }) => ({ id, kind, ...health.view() })),
    expectReply: (...reply) => jobs.expectReply(...reply),
    async handleCallback(gatewayId, kind, request) {
      const found = present.find(({ settings }) => settings.id === gatewayId)
      return (await found?.gateway.callback?.(kind, request)) ?? unknownCallback
    },
    async try(gatewayId, job) {
      const found = present.find(({ settings }) => settings.id === gatewayId)
      if (found === undefined) return undefined
      const windowMs = found.settings.configuration.timeoutSeconds * 1000
      const attempt = await tryOf(found, job, windowMs)
      if (attempt !== undefined) found.health.note(attempt)
      return attempt
    },
    apply(gateways) {
      const before = new Map(present.map((each) => [each.settings.id, each]))
      present = gateways
        .filter(({ enabled }) => enabled)
        .map((settings) => {
          const { configuration, secret, callbackSecret } = settings
          const made = JSON.stringify([configuration, secret, callbackSecret])
          const same = before.get(settings.id)
          if (same?.made === made) return { ...same, settings }
          return { ...open(settings, newsOf(settings.id)), settings, health: createHealth(clock), made }
        })
      const kept = new Set(present.map(({ gateway }) => gateway))
      for (const { gateway } of before.values()) if (!kept.has(gateway)) gateway.close()
    },
    close() {
      for (const { gateway } of present) gateway.close()
      present = []
      return Promise.resolve()
    },
  }
}

const openers: {
  readonly [Type in GatewayType]: (settings: GatewaySettings<Type>, news: GatewayNews) => AnyGateway
} = {
  smpp: (settings, news) => ({ kind: 'sms', gateway: createSmppGateway(settings, news) }),
  'http-sms': (settings, news) => ({ kind: 'sms', gateway: createHttpSmsGateway(settings, news) }),
  'twilio-sms': (settings, news) => ({ kind: 'sms', gateway: createTwilioSmsGateway(settings, news) }),
  'twilio-voice': (settings, news) => ({ kind: 'voice', gateway: createTwilioVoiceGateway(settings, news) }),
  'http-voice': (settings, news) => ({ kind: 'voice', gateway: createHttpVoiceGateway(settings, news) }),
  smtp: (settings) => ({ kind: 'mail', gateway: createSmtpGateway(settings) }),
}

function open(settings: AnyGatewaySettings, news: GatewayNews): AnyGateway {
  const { type } = settings.configuration
  // The table's key and the settings' type are the same one.
  return (openers[type] as (settings: AnyGatewaySettings, news: GatewayNews) => AnyGateway)(settings, news)
}

function tryOf(found: AnyGateway, job: AnyJob, windowMs: number): Promise<Attempt> | undefined {
  if (found.kind === 'sms' && job.kind === 'sms') return tryOne(job, found, windowMs)
  if (found.kind === 'voice' && job.kind === 'voice') return tryOne(job, found, windowMs)
  if (found.kind === 'mail' && job.kind === 'mail') return tryOne(job, found, windowMs)
  return undefined
}

function unfit(problem: string): Outcome {
  return { kind: 'failed', problems: [{ gateway: '', problem }], retryable: false }
}
