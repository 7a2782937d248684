/** The seam may lie between two threads: what crosses it is plain data. */
import { expect, it } from 'vitest'
import type { CallJob, Delivery, DeliveryNews, JudgeKeys, MailJob, TextJob } from './types.ts'

it('crosses to another thread as it is', () => {
  const text: TextJob = { id: 't', to: '+4930123456', text: '123456', deadlineMs: 1, wantReply: true }
  const call: CallJob = {
    id: 'c',
    to: '+4930123456',
    extension: '12',
    language: 'en',
    applicationName: 'VPN',
    mode: 'pin',
    deadlineMs: 1,
    fraudCode: '0',
  }
  const mail: MailJob = { id: 'm', to: 'ada@example.com', subject: 'Code', text: '123456' }
  const news: DeliveryNews = { kind: 'receipt', jobId: 't', state: 'delivered', detail: 'DELIVRD' }
  const all = [text, call, mail, news]
  expect(structuredClone(all)).toEqual(all)
})

it('answers keys and jobs with promises, because the other side may be far', () => {
  const judge: JudgeKeys = () => Promise.resolve('refused')
  const send: Pick<Delivery, 'text'> = {
    text: () => Promise.resolve({ kind: 'failed', problems: [], retryable: true }),
  }
  expect([judge({ jobId: 'c', keys: '' }), send.text]).toHaveLength(2)
})
