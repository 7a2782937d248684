/**
 * Ten thousand people who are being asked, and OATH sign-ins beside them: memory of each, p99 of the others, and the time from a tap
 * to the Accept. A real engine over real packets and the main thread's mirror, with devices, target and a log in memory in the same
 * thread. `--quick` takes a tenth. The whole process is measured by `e2e/bench`.
 */
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'

import {
  attribute,
  createSharedSecret,
  decodePacket,
  encodeRequest,
  hideUserPassword,
  packetCodes,
  readAttribute,
  type Packet,
} from '@sallyport/radius'

import { startStubServer, stubSecret } from '../src/engine/test/stub-radius-server.ts'
import { startTestEngine, tokenSecret, udpServer, userWithToken } from '../src/engine/test/test-engine.ts'
import { createPendingMirror } from '../src/engine/pending-mirror.ts'
import { totpCode } from '../src/oath/totp.ts'

const quick = process.argv.includes('--quick')
const pendingPeople = quick ? 1_000 : 10_000
const signInsASecond = 200
const seconds = quick ? 3 : 10
const taps = 200
const perSocket = 200

const people = Array.from({ length: pendingPeople }, (_, at) => ({
  ...userWithToken(`p${at}`),
  devices: [{ id: `d${at}`, name: 'Phone' }],
  factorMethods: ['push'] as const,
}))
const others = Array.from({ length: signInsASecond * seconds }, (_, at) => userWithToken(`o${at}`))

const target = await startStubServer()
const engine = await startTestEngine({
  servers: [udpServer(target.port, stubSecret, { timeoutSeconds: 5 })],
  users: [...people, ...others],
  client: { deviceTimeoutSeconds: 300 },
  company: { numberMatching: 'off' },
})
const secret = createSharedSecret(engine.secret)
const sockets: Socket[] = []
/** By socket's place and identifier, who waits for the answer. */
const waiting = new Map<number, (packet: Packet) => void>()
let sent = 0

async function ask(username: string, typed: string, state?: Uint8Array): Promise<Packet> {
  const key = send(username, typed, state)
  return new Promise((resolve) => waiting.set(key, resolve))
}

/** Whoever wants to know of the answer waits under the key that is returned; what nobody waits for takes no memory here. */
function send(username: string, typed: string, state?: Uint8Array): number {
  const key = sent++
  const [place, identifier] = [Math.floor(key / perSocket), key % perSocket]
  const socket = (sockets[place] ??= openSocket(place))
  const authenticator = crypto.getRandomValues(new Uint8Array(16))
  const attributes = [
    attribute('User-Name', username),
    { type: 2, value: hideUserPassword(typed, secret, authenticator) },
    attribute('Calling-Station-Id', '198.51.100.77'),
    ...(state ? [attribute('State', state)] : []),
  ]
  const code = packetCodes.accessRequest
  const datagram = encodeRequest({ code, identifier, authenticator, secret, attributes, messageAuthenticator: true })
  socket.send(datagram, engine.port, engine.host)
  return key
}

function openSocket(place: number): Socket {
  const socket = createSocket('udp4')
  socket.on('message', (bytes) => {
    const decoded = decodePacket(bytes)
    if (!decoded.ok) return
    const key = place * perSocket + decoded.packet.identifier
    waiting.get(key)?.(decoded.packet)
    waiting.delete(key)
  })
  return socket
}

/** What is kept after a full collection, octets. Memory outside the heap is let go of behind the collector's back: once more, a moment later. */
async function kept(): Promise<number> {
  for (const list of [engine.records, target.requests, engine.news, engine.orders]) (list as unknown[]).length = 0
  for (let times = 0; times < 5; times++) {
    globalThis.gc?.()
    await delay(100)
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

async function signIn(username: string): Promise<number> {
  const begun = performance.now()
  const challenge = await ask(username, 'right')
  const code = totpCode({ secret: tokenSecret, algorithm: 'SHA-1', digits: 6, stepSeconds: 30 }, Date.now())
  const answer = await ask(username, code, readAttribute(challenge, 'State'))
  if (answer.code !== packetCodes.accessAccept) throw new Error(`${username} was not let in`)
  return performance.now() - begun
}

const at = (values: readonly number[], share: number) => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
}
const row = (what: string, value: string, goal: string) => process.stdout.write(`| ${what} | ${value} | ${goal} |\n`)

// Whatever is made on first use is there before anything is measured.
await signIn('o0')
const before = await kept()
const mirror = createPendingMirror(() => undefined)
const accepts = new Map<string, Promise<Packet>>()
for (let first = 0; first < people.length; first += 100) {
  for (const { username } of people.slice(first, first + 100)) {
    if (accepts.size < taps) accepts.set(username, ask(username, 'right'))
    else send(username, 'right')
  }
  const goal = Math.min(first + 100, people.length)
  while (engine.orders.length < goal) await delay(5)
}
const asked = engine.news.flatMap((news) => (news.kind === 'opened' ? [structuredClone(news.pending)] : []))
// The main thread has copies of its own, and keeps them as it does.
for (const pending of asked) mirror.hear({ kind: 'opened', pending })
const toTap = asked.splice(0).slice(0, taps)
const each = ((await kept()) - before) / people.length

const latencies: Promise<number>[] = []
for (const { username } of others.slice(1)) {
  latencies.push(signIn(username))
  await delay(1_000 / signInsASecond)
}
const beside = await Promise.all(latencies)

const tapped: number[] = []
for (const { id, username, deviceIds } of toTap) {
  const by = { kind: 'app', deviceId: deviceIds[0] ?? '' } as const
  const begun = performance.now()
  const outcome = await engine.engine.decisions.decide({ id, by, decision: 'approve', number: null, pin: null })
  const answer = await accepts.get(username)
  if (outcome !== 'taken' || answer?.code !== packetCodes.accessAccept) throw new Error(`${username} was not let in`)
  tapped.push(performance.now() - begun)
}

process.stdout.write(
  `${people.length} people pending, ${beside.length} OATH sign-ins beside them\n| | | goal |\n|---|---|---|\n`,
)
row('memory of each, bytes (in the engine and the main thread)', each.toFixed(0), 'under 4,096')
row('OATH sign-in, p50 and p99, ms', `${at(beside, 0.5).toFixed(1)} and ${at(beside, 0.99).toFixed(1)}`, 'p99 under 50')
row('tap to Accept, p50 and p99, ms', `${at(tapped, 0.5).toFixed(1)} and ${at(tapped, 0.99).toFixed(1)}`, 'under 100')

await engine.stop()
await target.stop()
await Promise.all(
  sockets.map((socket) => {
    const closed = once(socket, 'close')
    socket.close()
    return closed
  }),
)
