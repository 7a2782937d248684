/** SMPP 3.4 on the wire: the PDUs that a sender and receiver of short messages needs, and the reading of a stream that may hold anything. */

/** §5.1.2.1 */
export const commands = {
  genericNack: 0x80000000,
  submitSm: 0x00000004,
  submitSmResp: 0x80000004,
  deliverSm: 0x00000005,
  deliverSmResp: 0x80000005,
  unbind: 0x00000006,
  unbindResp: 0x80000006,
  bindReceiver: 0x00000001,
  bindTransmitter: 0x00000002,
  bindTransceiver: 0x00000009,
  enquireLink: 0x00000015,
  enquireLinkResp: 0x80000015,
} as const

/** §5.3.2, those that are read or written here. */
export const tags = { receiptedMessageId: 0x001e, messagePayload: 0x0424, messageState: 0x0427 } as const

export interface Pdu {
  readonly command: number
  readonly status: number
  readonly sequence: number
  readonly body: Buffer
}

const headerBytes = 16
/** Nothing that we understand is larger. */
const mostBytes = 70_000

export function encodePdu({ command, status, sequence, body }: Pdu): Buffer {
  const pdu = Buffer.alloc(headerBytes + body.byteLength)
  pdu.writeUInt32BE(pdu.byteLength, 0)
  pdu.writeUInt32BE(command, 4)
  pdu.writeUInt32BE(status, 8)
  pdu.writeUInt32BE(sequence, 12)
  body.copy(pdu, headerBytes)
  return pdu
}

/** Cuts a stream into PDUs. @returns undefined where the stream is not SMPP: nothing after it can be believed */
export function createPduReader(): (chunk: Buffer) => readonly Pdu[] | undefined {
  let rest: Buffer = Buffer.alloc(0)
  return (chunk) => {
    rest = rest.byteLength === 0 ? chunk : Buffer.concat([rest, chunk])
    const pdus: Pdu[] = []
    while (rest.byteLength >= headerBytes) {
      const length = rest.readUInt32BE(0)
      if (length < headerBytes || length > mostBytes) return undefined
      if (rest.byteLength < length) break
      pdus.push({
        command: rest.readUInt32BE(4),
        status: rest.readUInt32BE(8),
        sequence: rest.readUInt32BE(12),
        body: rest.subarray(headerBytes, length),
      })
      rest = rest.subarray(length)
    }
    return pdus
  }
}

/** A C-octet string: ASCII, ended by a zero (§3.1), cut to what the field holds. */
export function cString(text: string, mostOctets: number): Buffer {
  // Latin-1 keeps an octet a letter; a zero inside would end it early.
  return Buffer.concat([Buffer.from(text.replace(/\0/gu, ''), 'latin1').subarray(0, mostOctets - 1), Buffer.alloc(1)])
}

export interface Address {
  /** Type of number (§5.2.5): 1 international, 5 alphanumeric, 3 network specific. */
  readonly ton: number
  /** Numbering plan (§5.2.6): 1 is E.164. */
  readonly npi: number
  readonly text: string
}

/** How a sender or receiver is named. */
export function addressOf(text: string): Address {
  if (text === '') return { ton: 0, npi: 0, text }
  if (/^\+\d+$/u.test(text)) return { ton: 1, npi: 1, text: text.slice(1) }
  if (/^\d+$/u.test(text)) return { ton: 3, npi: 0, text }
  return { ton: 5, npi: 0, text }
}

function addressOctets({ ton, npi, text }: Address): Buffer {
  return Buffer.concat([Buffer.from([ton, npi]), cString(text, 21)])
}

export interface Bind {
  readonly systemId: string
  readonly password: string
  readonly systemType: string
}

/** §4.1.5 bind_transceiver; any address range. The password is not cut to the 8 octets of §5.2.2: centres take longer ones. */
export function bindBody({ systemId, password, systemType }: Bind): Buffer {
  const names = [cString(systemId, 16), cString(password, 65), cString(systemType, 13)]
  return Buffer.concat([...names, Buffer.from([0x34, 0, 0]), cString('', 41)])
}

export interface Submit {
  readonly source: Address
  readonly destination: Address
  readonly dataCoding: number
  readonly hasHeader: boolean
  readonly wantsReceipt: boolean
  /** Relative, §7.1.1.2; the centre gives up afterwards. */
  readonly validSeconds: number
  readonly message: Buffer
}

/** §4.4.1 submit_sm */
export function submitBody(submit: Submit): Buffer {
  const esmClass = submit.hasHeader ? 0x40 : 0
  return Buffer.concat([
    cString('', 6),
    addressOctets(submit.source),
    addressOctets(submit.destination),
    Buffer.from([esmClass, 0, 0]),
    cString('', 17),
    cString(validity(submit.validSeconds), 17),
    Buffer.from([submit.wantsReceipt ? 1 : 0, 0, submit.dataCoding, 0, submit.message.byteLength]),
    submit.message,
  ])
}

/** §7.1.1.2: YYMMDDhhmmsstnnp, relative. */
function validity(seconds: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const bounded = Math.min(99 * 3600, Math.max(1, seconds))
  const days = Math.floor(bounded / 86_400)
  return `0000${two(days)}${two((bounded / 3600) % 24)}${two((bounded / 60) % 60)}${two(bounded % 60)}000R`
}

export interface Deliver {
  readonly from: string
  readonly to: string
  readonly esmClass: number
  readonly dataCoding: number
  readonly message: Buffer
  readonly tlvs: ReadonlyMap<number, Buffer>
}

/** §4.6.1 deliver_sm; undefined where it is cut short. */
export function readDeliver(body: Buffer): Deliver | undefined {
  const reader = createFieldReader(body)
  reader.text()
  const from = reader.address()
  const to = reader.address()
  const esmClass = reader.octet()
  reader.octet()
  reader.octet()
  reader.text()
  reader.text()
  reader.octet()
  reader.octet()
  const dataCoding = reader.octet()
  reader.octet()
  const message = reader.octets(reader.octet() ?? 0)
  const tlvs = new Map<number, Buffer>()
  while (!reader.isCut() && reader.left() >= 4) {
    const head = reader.octets(4)
    const value = reader.octets(head.readUInt16BE(2))
    tlvs.set(head.readUInt16BE(0), value)
  }
  if (reader.isCut() || esmClass === undefined || dataCoding === undefined) return undefined
  return { from, to, esmClass, dataCoding, message: tlvs.get(tags.messagePayload) ?? message, tlvs }
}

/** The C-octet string that a response begins with: message_id, system_id. */
export function readText(body: Buffer): string {
  return createFieldReader(body).text()
}

function createFieldReader(body: Buffer) {
  let at = 0
  let isCut = false
  const octets = (count: number): Buffer => {
    if (at + count > body.byteLength) {
      isCut = true
      return Buffer.alloc(count)
    }
    at += count
    return body.subarray(at - count, at)
  }
  const text = (): string => {
    const end = body.indexOf(0, at)
    if (end === -1) {
      isCut = true
      return ''
    }
    const value = body.toString('latin1', at, end)
    at = end + 1
    return value
  }
  const octet = (): number | undefined => octets(1)[0]
  const address = (): string => {
    const ton = octet()
    octet()
    const digits = text()
    return ton === 1 && /^\d+$/u.test(digits) ? `+${digits}` : digits
  }
  return { octet, octets, text, address, isCut: () => isCut, left: () => body.byteLength - at }
}
