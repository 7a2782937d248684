/** Measures decode + verify + encode of one Access-Request with Message-Authenticator: ours against the npm package `radius`. */
import { createHash, createHmac } from 'node:crypto'

import { createMD5 } from 'hash-wasm'
import radius from 'radius'

import {
  attribute,
  createSharedSecret,
  decodePacket,
  encodeRequest,
  encodeResponse,
  hideUserPassword,
  packetCodes,
  readAttribute,
  readUserPassword,
  verifyMessageAuthenticator,
} from '../src/index.ts'
import { createHmacKey, hmacMd5Into, md5Into, md5PaddingBytes } from '../src/md5.ts'
import { createWorkArea } from '../src/octets.ts'

const key = 'testing123'
const secret = createSharedSecret(key)
const authenticator = Uint8Array.from({ length: 16 }, (_, index) => index * 11)

const datagram = encodeRequest({
  code: packetCodes.accessRequest,
  identifier: 42,
  authenticator,
  secret,
  attributes: [
    attribute('User-Name', 'alice@example.org'),
    attribute('User-Password', hideUserPassword('correct horse', secret, authenticator)),
    attribute('NAS-IP-Address', '192.0.2.1'),
    attribute('NAS-Port', 1194),
    attribute('NAS-Port-Type', 'Virtual'),
    attribute('Service-Type', 'Framed-User'),
    attribute('Called-Station-Id', '198.51.100.7'),
    attribute('Calling-Station-Id', '203.0.113.9'),
  ],
})

/** Decoded, verified, password and name read, and the same request encoded again. */
function ours(): number {
  const decoded = decodePacket(datagram)
  if (!decoded.ok || verifyMessageAuthenticator(decoded.packet, secret) !== 'valid') throw new Error('not valid')
  const { packet } = decoded
  const password = readUserPassword(packet, secret)
  const name = readAttribute(packet, 'User-Name')
  if (!password || name === undefined) throw new Error('not readable')
  return encodeRequest({
    code: packetCodes.accessRequest,
    identifier: 42,
    authenticator,
    secret,
    attributes: [
      attribute('User-Name', name),
      attribute('User-Password', hideUserPassword(password, secret, authenticator)),
      attribute('NAS-IP-Address', '192.0.2.1'),
      attribute('NAS-Port', 1194),
      attribute('NAS-Port-Type', 'Virtual'),
      attribute('Service-Type', 'Framed-User'),
      attribute('Called-Station-Id', '198.51.100.7'),
      attribute('Calling-Station-Id', '203.0.113.9'),
    ],
  }).length
}

const peerDatagram = Buffer.from(datagram)
function theirs(): number {
  // Its decode verifies Message-Authenticator and reveals the password.
  const { attributes } = radius.decode({ packet: peerDatagram, secret: key })
  const again: radius.PeerAttribute[] = Object.entries(attributes).filter(([name]) => name !== 'Message-Authenticator')
  return radius.encode({
    code: 'Access-Request',
    identifier: 42,
    secret: key,
    attributes: again,
    add_message_authenticator: true,
  }).length
}

/** What a server does with it: decode, verify, read the password, encode an Access-Accept. */
function serverPath(): number {
  const decoded = decodePacket(datagram)
  if (!decoded.ok || verifyMessageAuthenticator(decoded.packet, secret) !== 'valid') throw new Error('not valid')
  if (!readUserPassword(decoded.packet, secret)) throw new Error('not readable')
  return encodeResponse({
    code: packetCodes.accessAccept,
    request: decoded.packet,
    attributes: [],
    secret,
    messageAuthenticator: true,
  }).length
}

const work = createWorkArea(datagram.length + md5PaddingBytes)
const digest = new Uint8Array(16)
const hmacKey = createHmacKey(new TextEncoder().encode(key))
const wasm = await createMD5()

const hashes: Readonly<Record<string, () => unknown>> = {
  'MD5, this package': () => md5Into(work, datagram.length, digest, 0),
  'MD5, hash-wasm': () => wasm.init().update(datagram).digest('binary'),
  'MD5, node:crypto': () => createHash('md5').update(datagram).digest(),
  'HMAC-MD5, this package': () => hmacMd5Into(hmacKey, work, datagram.length, digest, 0),
  'HMAC-MD5, node:crypto': () => createHmac('md5', key).update(datagram).digest(),
}

/** Microseconds a call: the median of rounds that alternate between the contestants, so that both see the same machine. */
function measure(contestants: Readonly<Record<string, () => unknown>>, calls: number): Map<string, number> {
  const rounds = new Map<string, number[]>()
  for (let round = 0; round < 11; round++) {
    for (const [name, run] of Object.entries(contestants)) {
      const start = process.hrtime.bigint()
      for (let call = 0; call < calls; call++) run()
      const microseconds = Number(process.hrtime.bigint() - start) / 1000 / calls
      // The first round warms up.
      if (round > 0) rounds.set(name, [...(rounds.get(name) ?? []), microseconds])
    }
  }
  return new Map([...rounds].map(([name, list]) => [name, list.sort((a, b) => a - b)[5] ?? 0]))
}

const print = (line: string) => process.stdout.write(`${line}\n`)
if (ours() !== theirs()) throw new Error('the contestants encode packets of different lengths')

const codec = measure({ 'this package': ours, 'npm radius': theirs, 'server’s way': serverPath }, 10_000)
for (const [name, microseconds] of codec) print(`${name.padEnd(24)} ${microseconds.toFixed(2)} µs`)
const ratio = (codec.get('npm radius') ?? 0) / (codec.get('this package') ?? 1)
print(`decode + verify + encode: ${ratio.toFixed(1)} × npm radius (at least 4 wanted)`)
for (const [name, microseconds] of measure(hashes, 50_000)) print(`${name.padEnd(24)} ${microseconds.toFixed(2)} µs`)
if (ratio < 4) process.exitCode = 1
