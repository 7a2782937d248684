/** The name of what a requester can reuse: the source's address and port, this end's, code and identifier (RFC 5080 §2.2.2). */
import type { Packet } from './packet.ts'

interface End {
  readonly address: string
  readonly port: number
}

/** Written in place and copied out whole: pieces put together would all be kept for as long as the request. Two addresses with zones fit. */
const area = Buffer.alloc(512)

/** One octet a character: two ports, code and identifier, then the addresses. */
export function placeOf(here: End, from: End, { code, identifier }: Pick<Packet, 'code' | 'identifier'>): string {
  area.writeUInt16BE(here.port, 0)
  area.writeUInt16BE(from.port, 2)
  area[4] = code
  area[5] = identifier
  let at = 6 + area.write(from.address, 6, 'latin1')
  area[at++] = 0
  at += area.write(here.address, at, 'latin1')
  return area.toString('latin1', 0, at)
}
