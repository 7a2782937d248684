/** Text messages by SMPP 3.4: submit_sm in one or several parts, receipts and replies by deliver_sm. */
import { randomInt } from 'node:crypto'
import {
  refused,
  unknown,
  type Attempt,
  type Gateway,
  type GatewayNews,
  type GatewaySettings,
} from '../core/gateway.ts'
import { asE164 } from '../phone-number.ts'
import type { TextJob } from '../../bus/delivery-jobs.ts'
import { decodeText, encodeText } from './alphabet.ts'
import { addressOf, readDeliver, submitBody, type Pdu } from './pdu.ts'
import { readReceipt } from './receipt.ts'
import { createSession, type Answer, type Role } from './session.ts'
import { isAboutNumber, isThrottling, statusSentence } from './status-words.ts'

/** How long a throttled message waits before it is tried again, and how often. */
const throttlePauseMs = 500
const mostTries = 10
/** Parts that one text may take: 255 is what the header holds, and no sign-in's text needs more than this. */
const mostParts = 10

export function createSmppGateway(settings: GatewaySettings<'smpp'>, news: GatewayNews): Gateway<TextJob> {
  const { configuration, secret = '' } = settings
  const { sender, defaultAlphabet, receipts, timeoutSeconds, enquireSeconds } = configuration
  const onDeliver = (pdu: Pdu): number => {
    const deliver = readDeliver(pdu.body)
    // ESME_RINVMSGLEN
    if (deliver === undefined) return 0x01
    // §5.2.12: bits 5 to 2 say what it is; 1 is a receipt.
    const messageType = (deliver.esmClass >> 2) & 0x0f
    if (messageType === 1) {
      const receipt = readReceipt(deliver)
      if (receipt !== undefined) news.receipt(receipt.references, receipt.state, receipt.detail)
    } else if (messageType === 0) {
      const text = decodeText(withoutHeader(deliver.message, deliver.esmClass), deliver.dataCoding, defaultAlphabet)
      news.reply({ from: asE164(deliver.from), to: asE164(deliver.to), text: text.slice(0, 2000) })
    }
    return 0
  }
  const open = (role: Role) =>
    createSession({
      ...configuration,
      ...{ role, password: secret, onDeliver },
      enquireMs: enquireSeconds * 1000,
      timeoutMs: timeoutSeconds * 1000,
    })
  const isSeparate = configuration.binds === 'separate'
  const session = open(isSeparate ? 'transmitter' : 'transceiver')
  const receiver = isSeparate ? open('receiver') : session

  return {
    async send(job, { signal }) {
      const { dataCoding, parts } = encodeText(job.text, defaultAlphabet)
      if (parts.length > mostParts) return refused('The text is too long.', { permanent: true })
      // Whoever is asked for a reply must be heard: another gateway may do better.
      const deaf = job.wantReply && isSeparate ? await receiver.bound(signal) : null
      if (deaf !== null) return refused(`Its replies cannot be received. ${deaf}`)
      const series = randomInt(256)
      const references: string[] = []
      for (const [index, part] of parts.entries()) {
        const header = parts.length === 1 ? [] : [5, 0, 3, series, parts.length, index + 1]
        const body = submitBody({
          source: addressOf(sender),
          destination: addressOf(job.to),
          dataCoding,
          hasHeader: header.length > 0,
          wantsReceipt: receipts,
          validSeconds: (job.deadlineMs - news.clock()) / 1000,
          message: Buffer.concat([Buffer.from(header), part]),
        })
        const answer = await submitPatiently((body, end) => session.submit(body, end), body, signal)
        if (answer.kind === 'answer' && answer.status === 0) references.push(answer.text)
        else return failed(answer, references.length > 0)
      }
      const named = references.filter((reference) => reference !== '')
      return { kind: 'taken', references: named, said: `submit_sm_resp: status 0, message_id ${named.join(', ')}` }
    },
    close() {
      session.close()
      receiver.close()
    },
  }
}

/** A centre that says that it has too much to do is asked again, as long as there is time. */
async function submitPatiently(
  submit: (body: Buffer, signal: AbortSignal) => Promise<Answer>,
  body: Buffer,
  signal: AbortSignal,
): Promise<Answer> {
  let answer = await submit(body, signal)
  for (let tries = 1; tries < mostTries && answer.kind === 'answer' && isThrottling(answer.status); tries++) {
    await pause(throttlePauseMs, signal)
    if (signal.aborted) return answer
    answer = await submit(body, signal)
  }
  return answer
}

function failed(answer: Answer, isBegun: boolean): Attempt {
  // A text of which a part is under way may still come together, or not.
  if (isBegun) return unknown('It took a part of the text and then no more.')
  if (answer.kind === 'unsent') return refused(answer.problem)
  if (answer.kind === 'unanswered') return unknown(answer.problem)
  const { status } = answer
  const said = `command_status 0x${status.toString(16).padStart(8, '0')}`
  const permanent = isAboutNumber(status)
  return refused(statusSentence('message', status), { permanent, suspect: !permanent && !isThrottling(status), said })
}

/** §5.2.12: bit 6 says that the text begins with a header, whose first octet is the length of the rest. */
function withoutHeader(message: Buffer, esmClass: number): Buffer {
  return (esmClass & 0x40) === 0 ? message : message.subarray((message[0] ?? 0) + 1)
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end, { once: true })
  })
}
