/** Our SMPP against a message centre that is not ours. */
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { createCertificates } from '@sallyport/tooling/servers'
import type { PeerPdu } from 'smpp'
import { afterEach, describe, expect, it } from 'vitest'
import { tryOne } from '../core/failover.ts'
import { ear, smppSettings, textJob } from '../test/gateways.ts'
import { startMessageCentre, type MessageCentreOptions } from '../test/message-centre.ts'
import { createSmppGateway } from './sms.ts'

const opened: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

async function connected(options: MessageCentreOptions = {}, more: Parameters<typeof smppSettings>[1] = {}) {
  const centre = await startMessageCentre(options)
  opened.push(() => centre.close())
  const news = ear()
  const gateway = createSmppGateway(smppSettings(centre.port, more), news)
  opened.push(() => gateway.close())
  const send = (job = textJob(), windowMs = 5_000) => tryOne(job, { gateway }, windowMs)
  return { centre, news, gateway, send }
}

function textOf(pdu: PeerPdu | undefined): unknown {
  return (pdu?.['short_message'] as { message: unknown } | undefined)?.message
}

describe('a text by SMPP', () => {
  it('is bound as a transceiver (§4.1.5), submitted (§4.4.1) and taken under the name that the centre gives it', async () => {
    const { centre, send } = await connected()
    expect(await send(textJob({ text: 'Code: 123 [€]' }))).toMatchObject({ kind: 'taken', references: ['m1'] })
    expect(centre.binds[0]).toMatchObject({ system_id: 'sallyport', password: 'secret08', interface_version: 0x34 })
    expect(centre.submitted[0]).toMatchObject({
      ...{ source_addr_ton: 5, source_addr_npi: 0, source_addr: 'Sallyport' },
      ...{ dest_addr_ton: 1, dest_addr_npi: 1, destination_addr: '4930123456' },
      ...{ esm_class: 0, registered_delivery: 1, data_coding: 0 },
    })
    expect(textOf(centre.submitted[0])).toBe('Code: 123 [€]')
  })

  it('in letters that GSM has not goes as UCS-2', async () => {
    const { centre, send } = await connected()
    await send(textJob({ text: 'Код: 123456 🙂' }))
    expect(centre.submitted[0]).toMatchObject({ data_coding: 8 })
    expect(textOf(centre.submitted[0])).toBe('Код: 123456 🙂')
  })

  it('that is long goes in parts of one series, and is taken when all of them are', async () => {
    const { centre, send } = await connected()
    const text = 'A long text. '.repeat(20)
    expect(await send(textJob({ text }))).toMatchObject({ kind: 'taken', references: ['m1', 'm2'] })
    expect(centre.submitted.map(textOf).join('')).toBe(text)
    const headers = centre.submitted.map((pdu) => (pdu['short_message'] as { udh: readonly Buffer[] }).udh[0])
    expect(headers.map((header) => [...(header ?? [])].slice(3))).toEqual([
      [2, 1],
      [2, 2],
    ])
    expect(headers[0]?.[2]).toBe(headers[1]?.[2])
    expect(centre.submitted.every((pdu) => pdu['esm_class'] === 0x40)).toBe(true)
  })

  it('is tried again where the centre throttles, and given up with its word where it goes on', async () => {
    const patient = await connected({
      answer: (_, count) => (count < 3 ? { command_status: 0x58 } : { message_id: 'm' }),
    })
    expect(await patient.send()).toMatchObject({ kind: 'taken', references: ['m'] })
    const busy = await connected({ answer: () => ({ command_status: 0x14 }) })
    expect(await busy.send(textJob(), 700)).toMatchObject({
      kind: 'refused',
      suspect: false,
      problem: expect.stringContaining('queue is full') as string,
    })
  })

  it('for a number that does not exist is refused for good', async () => {
    const { send } = await connected({ answer: () => ({ command_status: 0x0b }) })
    expect(await send()).toMatchObject({ kind: 'refused', permanent: true, suspect: false })
  })

  it('that is answered twice is taken once, and the next one gets its own answer', async () => {
    const { centre, send } = await connected({ twice: true })
    expect(await send()).toMatchObject({ references: ['m1'] })
    expect(await send()).toMatchObject({ references: ['m2'] })
    expect(centre.submitted).toHaveLength(2)
  })

  it('that is never answered may have been sent; one that found no place in the window was not', async () => {
    const { centre, send } = await connected({ answer: () => null }, { window: 1 })
    const first = send(textJob(), 400)
    await centre.hasSubmitted(1)
    expect(await send(textJob(), 200)).toMatchObject({
      kind: 'refused',
      problem: expect.stringContaining('busy') as string,
    })
    expect(await first).toMatchObject({ kind: 'unknown' })
    expect(centre.submitted).toHaveLength(1)
  })

  it('on a connection that breaks before the answer may have been sent, and the next goes over a new one', async () => {
    const { centre, send } = await connected({ answer: (_, count) => (count === 1 ? null : { message_id: 'after' }) })
    const first = send()
    await centre.hasSubmitted(1)
    centre.sessions[0]?.destroy()
    expect(await first).toMatchObject({ kind: 'unknown', problem: 'It closed the connection.' })
    expect(await send()).toMatchObject({ kind: 'taken', references: ['after'] })
    expect(centre.binds).toHaveLength(2)
  })

  it('waits for a centre that refuses the bind or the connection, and says what it said', async () => {
    const refusing = await connected({ bindStatus: 0x0e })
    expect(await refusing.send(textJob(), 400)).toMatchObject({
      kind: 'refused',
      suspect: true,
      problem: 'It refused the bind: password is wrong, status 0x0000000e.',
    })
    expect(refusing.centre.submitted).toHaveLength(0)
    const gone = await startMessageCentre()
    await gone.close()
    const gateway = createSmppGateway(smppSettings(gone.port), ear())
    opened.push(() => gateway.close())
    expect(await tryOne(textJob(), { gateway }, 400)).toMatchObject({ problem: 'It refuses the connection.' })
  })

  it('goes over TLS to a certificate of the named authority, and to no other', async () => {
    const certificates = await createCertificates()
    opened.push(() => certificates.remove())
    const { certificate, key } = certificates.server
    const tls = { cert: await readFile(certificate), key: await readFile(key) }
    const { caPem, foreignCaPem } = certificates
    const trusted = await connected({ tls }, { tls: true, host: 'localhost', caPem })
    expect(await trusted.send()).toMatchObject({ kind: 'taken' })
    const foreign = await connected({ tls }, { tls: true, host: 'localhost', caPem: foreignCaPem })
    expect(await foreign.send(textJob(), 500)).toMatchObject({ kind: 'refused' })
    expect(foreign.centre.binds).toHaveLength(0)
  })
})

describe('what a message centre brings', () => {
  it('receipts are read from their text and from their parameters, and acknowledged', async () => {
    const { centre, news, send } = await connected()
    await send()
    const [session] = centre.sessions
    const answers = Promise.all(
      [
        {
          short_message:
            'id:m1 sub:001 dlvrd:001 submit date:2611231200 done date:2611231201 stat:DELIVRD err:000 text:Code',
        },
        { short_message: 'id:7b sub:001 dlvrd:000 stat:UNDELIV err:027 text:' },
        { short_message: 'anything', receipted_message_id: '123', message_state: 3 },
      ].map((fields) => new Promise<PeerPdu>((resolve) => session?.deliver_sm({ esm_class: 4, ...fields }, resolve))),
    )
    expect((await answers).map((pdu) => pdu['command_status'])).toEqual([0, 0, 0])
    expect(news.heard).toMatchObject([
      { references: ['m1'], state: 'delivered', detail: 'DELIVRD' },
      { state: 'failed', detail: 'UNDELIV (027)' },
      { state: 'failed', detail: 'EXPIRED' },
    ])
    // Some centres say 123 and mean the 7b that they answered with, and the other way round.
    expect(news.heard.slice(1)).toMatchObject([
      { references: expect.arrayContaining(['7b', '123']) as string[] },
      { references: expect.arrayContaining(['123', '7b']) as string[] },
    ])
  })

  it('replies are read in their alphabet', async () => {
    const { centre, news, send } = await connected()
    await send()
    const deliver = (fields: Record<string, unknown>) =>
      centre.sessions[0]?.deliver_sm(
        { source_addr_ton: 1, source_addr: '4930123456', destination_addr: '4912345678', ...fields },
        () => undefined,
      )
    deliver({ short_message: '123456 [ok]', data_coding: 0 })
    deliver({ short_message: { message: 'да', udh: undefined }, data_coding: 8 })
    deliver({ short_message: '', message_payload: 'by parameter' })
    await news.hears(3)
    expect(news.heard).toEqual(
      ['123456 [ok]', 'да', 'by parameter'].map((text) => ({ from: '+4930123456', to: '+4912345678', text })),
    )
  })
})

describe('the link', () => {
  it('is asked for signs of life, answers such questions, and is made anew where there are none', async () => {
    const asked: Buffer[] = []
    const sockets = new Set<{ destroy(): void }>()
    // A centre that binds and is then silent.
    const server = createServer((socket) => {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('data', (data: Buffer) => {
        asked.push(data)
        if (data.readUInt32BE(4) !== 9) return
        const response = Buffer.alloc(17)
        ;[17, 0x80000009, 0, data.readUInt32BE(12)].forEach((word, index) => response.writeUInt32BE(word, index * 4))
        socket.write(response)
      })
      server.emit('bound')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    opened.push(() => {
      server.close()
      for (const socket of sockets) socket.destroy()
    })
    const settings = smppSettings((server.address() as AddressInfo).port, { enquireSeconds: 0.1, timeoutSeconds: 0.1 })
    const gateway = createSmppGateway(settings, ear())
    opened.push(() => gateway.close())
    await once(server, 'bound')
    await once(server, 'bound')
    expect(asked.some((pdu) => pdu.readUInt32BE(4) === 0x15)).toBe(true)
    const answering = await connected()
    await answering.send()
    const [session] = answering.centre.sessions
    const answer = await new Promise<PeerPdu>((resolve) => session?.enquire_link(resolve))
    expect(answer['command_status']).toBe(0)
  })

  it('is dropped where what comes is not SMPP', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    opened.push(() => void server.close())
    const gateway = createSmppGateway(smppSettings((server.address() as AddressInfo).port), ear())
    opened.push(() => gateway.close())
    expect(await tryOne(textJob(), { gateway }, 400)).toMatchObject({ problem: 'What it sends is not SMPP.' })
  })
})
