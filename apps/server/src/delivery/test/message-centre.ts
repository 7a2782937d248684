/** A message centre for tests: the npm package `smpp`, whose SMPP is not ours, on a loopback port. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import smpp, { type PeerPdu, type PeerSession } from 'smpp'

export interface MessageCentre {
  readonly port: number
  /** Sessions that are bound now. */
  readonly sessions: readonly PeerSession[]
  /** Every submit_sm, in order. */
  readonly submitted: readonly PeerPdu[]
  readonly binds: readonly PeerPdu[]
  /** Resolves once this many texts have come. */
  hasSubmitted(count: number): Promise<void>
  close(): Promise<void>
}

export interface MessageCentreOptions {
  /** What a submit_sm is answered with; null: nothing. */
  readonly answer?: (submit: PeerPdu, count: number) => Record<string, unknown> | null
  readonly bindStatus?: number
  /** Takes no transceiver, as some do; of the two others, none that is named here. */
  readonly separate?: { readonly refuses?: 'bind_receiver' | 'bind_transmitter' }
  readonly tls?: { readonly key: Buffer; readonly cert: Buffer }
  /** Each answer is sent twice. */
  readonly twice?: boolean
}

export async function startMessageCentre(options: MessageCentreOptions = {}): Promise<MessageCentre> {
  const {
    answer = (_: PeerPdu, count: number) => ({ message_id: `m${count}` }),
    bindStatus = 0,
    twice = false,
    separate,
  } = options
  const sessions: PeerSession[] = []
  const submitted: PeerPdu[] = []
  const binds: PeerPdu[] = []
  const watchers = new Set<() => void>()
  const everyone = new Set<PeerSession>()
  const server = smpp.createServer({ ...options.tls }, (session) => {
    everyone.add(session)
    session.on('error', () => undefined)
    session.on('close', () => {
      everyone.delete(session)
      if (sessions.includes(session)) sessions.splice(sessions.indexOf(session), 1)
    })
    for (const command of ['bind_transceiver', 'bind_transmitter', 'bind_receiver'] as const) {
      session.on(command, (pdu) => {
        binds.push(pdu)
        const isTaken = (command === 'bind_transceiver') === (separate === undefined) && separate?.refuses !== command
        // ESME_RBINDFAIL
        const status = isTaken ? bindStatus : 0x0d
        session.send(pdu.response({ command_status: status, system_id: 'centre' }))
        if (status === 0) sessions.push(session)
      })
    }
    session.on('enquire_link', (pdu) => {
      session.send(pdu.response())
    })
    session.on('unbind', (pdu) => {
      session.send(pdu.response())
    })
    session.on('submit_sm', (pdu) => {
      submitted.push(pdu)
      const fields = answer(pdu, submitted.length)
      for (let sent = 0; fields !== null && sent < (twice ? 2 : 1); sent++) session.send(pdu.response(fields))
      for (const watcher of watchers) watcher()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    sessions,
    submitted,
    binds,
    hasSubmitted: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (submitted.length < count) return
          watchers.delete(look)
          resolve()
        }
        watchers.add(look)
        look()
      }),
    async close() {
      const closed = once(server, 'close')
      server.close()
      for (const session of everyone) session.destroy()
      await closed
    },
  }
}
