/** A listener on loopback that answers LDAP requests as a test tells it to: for answers that no real server gives on demand. */
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'

import { Ber, BerReader, BerWriter } from 'ldapts'

export interface ScriptedRequest {
  readonly messageId: number
  /** 0x60 bind, 0x63 search, 0x77 extended (RFC 4511). */
  readonly tag: number
  /** Of a bind. */
  readonly dn: string
  readonly password: string
  /** Of a search. */
  readonly base: string
  /** The whole message. */
  readonly bytes: Buffer
}

export interface ScriptedServer {
  readonly url: string
  readonly requests: ScriptedRequest[]
  close(): Promise<void>
}

/** Bytes to answer with, or undefined to stay silent. */
export type Script = (request: ScriptedRequest, socket: Socket) => Buffer | undefined

/** With a certificate, a listener for LDAPS. */
export async function startScriptedServer(script: Script, certificate?: TlsOptions): Promise<ScriptedServer> {
  const requests: ScriptedRequest[] = []
  const sockets = new Set<Socket>()
  const serve = (socket: Socket) => {
    sockets.add(socket)
    let received = Buffer.alloc(0)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      for (let length = messageLength(received); length !== undefined; length = messageLength(received)) {
        const request = readRequest(received.subarray(0, length))
        received = received.subarray(length)
        // Whoever leaves says so, and is no more to be answered than counted.
        if (request.tag === 0x42) return void socket.end()
        requests.push(request)
        const answer = script(request, socket)
        if (answer) socket.write(answer)
      }
    })
  }
  const server = certificate ? createTlsServer(certificate, serve) : createServer(serve)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `${certificate ? 'ldaps' : 'ldap'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** An answer without entries or controls: bind 0x61, search done 0x65, extended 0x78. */
export function result(messageId: number, tag: number, resultCode: number, message = ''): Buffer {
  const writer = new BerWriter()
  writer.startSequence()
  writer.writeInt(messageId)
  writer.startSequence(tag)
  writer.writeEnumeration(resultCode)
  writer.writeString('')
  writer.writeString(message)
  writer.endSequence()
  writer.endSequence()
  return Buffer.from(writer.buffer)
}

/** One search result entry with its attributes. */
export function entry(messageId: number, dn: string, attributes: Readonly<Record<string, string>> = {}): Buffer {
  const writer = new BerWriter()
  writer.startSequence()
  writer.writeInt(messageId)
  writer.startSequence(0x64)
  writer.writeString(dn)
  writer.startSequence()
  for (const [name, value] of Object.entries(attributes)) {
    writer.startSequence()
    writer.writeString(name)
    writer.startSequence(Ber.Set | Ber.Constructor)
    writer.writeString(value)
    writer.endSequence()
    writer.endSequence()
  }
  writer.endSequence()
  writer.endSequence()
  writer.endSequence()
  return Buffer.from(writer.buffer)
}

function messageLength(bytes: Buffer): number | undefined {
  const reader = new BerReader(bytes)
  if (reader.readSequence() === null || reader.remain < reader.length) return undefined
  return reader.offset + reader.length
}

function readRequest(bytes: Buffer): ScriptedRequest {
  const reader = new BerReader(bytes)
  reader.readSequence()
  const messageId = reader.readInt() ?? 0
  const tag = reader.readSequence() ?? 0
  const request = { messageId, tag, dn: '', password: '', base: '', bytes: Buffer.from(bytes) }
  if (tag === 0x63) return { ...request, base: reader.readString() ?? '' }
  if (tag !== 0x60) return request
  reader.readInt()
  return { ...request, dn: reader.readString() ?? '', password: reader.readString(Ber.Context) ?? '' }
}
