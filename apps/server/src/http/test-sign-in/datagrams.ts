/** The conversation of a test as the screen shows it: every datagram both ways, attribute by attribute, secrets masked. */
import type { TestDatagram } from '@sallyport/contract'
import {
  codeName,
  decodePacket,
  describeAttributes,
  verifyMessageAuthenticator,
  verifyResponseAuthenticator,
  type Datagram,
  type Packet,
  type SharedSecret,
} from '@sallyport/radius'

export interface DatagramList {
  readonly note: (datagram: Datagram, round: number, atMs: number) => void
  readonly view: () => TestDatagram[]
}

type Kept = Omit<TestDatagram, 'atMs'> & { readonly atMs: number[] }

/** More than a conversation of ten rounds has; what a broken peer sends beyond is not kept. */
const datagramsAtMost = 100

export function createDatagramList(secret: SharedSecret): DatagramList {
  const kept: Kept[] = []
  let asked: Packet | undefined

  return {
    note(datagram, round, atMs) {
      const before = kept.findLast(({ direction }) => direction === 'sent')
      if (datagram.direction === 'sent' && datagram.transmission > 1 && before) {
        before.atMs.push(atMs)
        return
      }
      if (kept.length >= datagramsAtMost) return
      const decoded = decodePacket(datagram.bytes)
      const packet = decoded.ok ? decoded.packet : undefined
      if (datagram.direction === 'sent') asked = packet
      kept.push({
        direction: datagram.direction,
        round,
        atMs: [atMs],
        code: packet ? codeName(packet.code) : null,
        identifier: packet?.identifier ?? null,
        lengthBytes: datagram.bytes.length,
        attributes: packet ? [...describeAttributes(packet)] : [],
        messageAuthenticator: packet ? verifyMessageAuthenticator(packet, secret, asked?.authenticator) : 'absent',
        authenticator: datagram.direction === 'received' ? authenticatorOf(packet) : null,
        refused: datagram.direction === 'received' && datagram.verdict !== 'valid' ? datagram.verdict : null,
      })
    },
    view: () => kept.map((each) => ({ ...each, atMs: [...each.atMs] })),
  }

  function authenticatorOf(reply: Packet | undefined): 'valid' | 'invalid' {
    return reply && asked && verifyResponseAuthenticator(reply, secret, asked.authenticator) ? 'valid' : 'invalid'
  }
}
