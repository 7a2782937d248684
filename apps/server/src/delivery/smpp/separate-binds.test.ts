/** Two sessions in place of one, against a message centre that is not ours. */
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

async function connected(options: MessageCentreOptions, binds: 'transceiver' | 'separate') {
  const centre = await startMessageCentre(options)
  opened.push(() => centre.close())
  const news = ear()
  const gateway = createSmppGateway(smppSettings(centre.port, { binds }), news)
  opened.push(() => gateway.close())
  return { centre, news, send: (job = textJob(), windowMs = 5_000) => tryOne(job, { gateway }, windowMs) }
}

describe('a centre that takes no transceiver', () => {
  const commandsOf = (binds: readonly PeerPdu[]) => binds.map(({ command }) => command).sort()

  it('is bound twice (§4.1.1, §4.1.3): texts leave by the one session, replies come by the other', async () => {
    const { centre, news, send } = await connected({ separate: {} }, 'separate')
    expect(await send(textJob({ wantReply: true }))).toMatchObject({ kind: 'taken', references: ['m1'] })
    expect(commandsOf(centre.binds)).toEqual(['bind_receiver', 'bind_transmitter'])
    const receiver = centre.sessions[centre.binds.findIndex(({ command }) => command === 'bind_receiver')]
    const reply = { source_addr_ton: 1, source_addr: '4930123456', destination_addr: '4912345678', short_message: '1' }
    receiver?.deliver_sm(reply, () => undefined)
    await news.hears(1)
    expect(news.heard).toEqual([{ from: '+4930123456', to: '+4912345678', text: '1' }])
  })

  it('gets no text that wants a reply while replies cannot be received, and every other', async () => {
    const { centre, send } = await connected({ separate: { refuses: 'bind_receiver' } }, 'separate')
    expect(await send(textJob({ wantReply: true }), 1_000)).toMatchObject({
      kind: 'refused',
      problem: expect.stringContaining('replies cannot be received') as string,
    })
    expect(await send(textJob({ wantReply: false }))).toMatchObject({ kind: 'taken' })
    expect(centre.submitted).toHaveLength(1)
  })

  it('is not reached by one session for both', async () => {
    const { send } = await connected({ separate: {} }, 'transceiver')
    expect(await send(textJob(), 1_000)).toMatchObject({ kind: 'refused' })
  })
})
