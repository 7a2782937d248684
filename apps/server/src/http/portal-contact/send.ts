/** Brings a code to the number or address that it is to prove, and tells where somebody was reached before that this was changed. */
import { randomUUID } from 'node:crypto'
import type { ContactPlace, ContactWay } from '@sallyport/contract/portal'
import { proofCallPrefix, type PortalReach } from '../../bus/portal-reach.ts'
import { contactTexts } from './texts.ts'

export interface CodeToSend {
  readonly proofId: string
  readonly way: ContactWay
  readonly value: string
  readonly extension: string
  readonly code: string
  readonly language: string
  readonly nowMs: number
}

type Sent = 'sent' | 'not-sent' | 'refused'

/** Whoever waits for it sits before a screen. */
const sendWithinMs = 30_000
const callForMs = 3 * 60_000

/** `refused`: this number or address can get none; `not-sent`: nothing can be sent there just now. */
export async function sendCode(reach: PortalReach, send: CodeToSend): Promise<Sent> {
  const { proofId, way, value: to, extension, code, language, nowMs } = send
  const texts = contactTexts(language)
  const job = { id: `${proofCallPrefix}${proofId}`, to, deadlineMs: nowMs + sendWithinMs }
  const deliver = {
    text: () => reach.text({ ...job, text: texts.code(code), wantReply: false }),
    email: () => reach.mail({ ...job, subject: texts.codeSubject, text: texts.codeMail(code) }),
    call: () =>
      reach.call({
        ...job,
        deadlineMs: nowMs + callForMs,
        extension: extension === '' ? null : extension,
        language,
        applicationName: 'Sallyport',
        mode: 'pin',
        fraudCode: null,
        purpose: 'proof',
      }),
  }
  const delivered = await deliver[way]()
  if (delivered.kind === 'sent') return 'sent'
  return delivered.retryable ? 'not-sent' : 'refused'
}

export interface Notice {
  readonly what: ContactPlace | 'bypass'
  /** Empty: nobody is told there. */
  readonly phone: string
  readonly email: string
  readonly language: string
  readonly nowMs: number
}

/** Nobody waits for it, and nothing depends on it; the answer says how many were told. */
export async function tellOf(reach: PortalReach, { what, phone, email, language, nowMs }: Notice): Promise<number> {
  const texts = contactTexts(language)
  const text = texts.changed[what]
  const deadlineMs = nowMs + sendWithinMs
  const told = await Promise.all([
    phone === '' ? null : reach.text({ id: randomUUID(), to: phone, text, deadlineMs, wantReply: false }),
    email === '' ? null : reach.mail({ id: randomUUID(), to: email, subject: texts.changedSubject, text, deadlineMs }),
  ])
  return told.filter((each) => each?.kind === 'sent').length
}
