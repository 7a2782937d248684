/**
 * A packet that may wait for long: tens of thousands of them do while a server or a person takes its time. A view of every attribute
 * and the memory behind them cost ten times its octets, so that it keeps those alone, as text of one octet a character, and is
 * decoded again when somebody looks. What was looked at last is kept decoded: work on a packet comes in bursts.
 */
import { decodePacket, type Attribute, type Packet } from './packet.ts'
import type { PacketCode } from './codes.ts'

const keptOpen = 4
const owners: (RestingPacket | undefined)[] = Array.from({ length: keptOpen }, () => undefined)
const opened: (Packet | undefined)[] = Array.from({ length: keptOpen }, () => undefined)
let nextPlace = 0

export class RestingPacket implements Packet {
  readonly code: PacketCode
  readonly identifier: number
  readonly #octets: string

  /** @param packet as it was decoded; it is not kept for long */
  constructor(packet: Packet) {
    const { code, identifier, bytes } = packet
    this.code = code
    this.identifier = identifier
    this.#octets = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
    keepOpen(this, packet)
  }

  get authenticator(): Uint8Array {
    return this.#open().authenticator
  }
  get attributes(): readonly Attribute[] {
    return this.#open().attributes
  }
  get bytes(): Uint8Array {
    return this.#open().bytes
  }

  #open(): Packet {
    for (let place = 0; place < keptOpen; place++) {
      const packet = opened[place]
      if (owners[place] === this && packet) return packet
    }
    const decoded = decodePacket(Buffer.from(this.#octets, 'latin1'))
    if (!decoded.ok) throw new Error('a packet that was decoded once is decoded always')
    keepOpen(this, decoded.packet)
    return decoded.packet
  }
}

function keepOpen(owner: RestingPacket, packet: Packet): void {
  owners[nextPlace] = owner
  opened[nextPlace] = packet
  nextPlace = (nextPlace + 1) % keptOpen
}
