/** What is said about the clock, with a time server on loopback. */
import { createSocket, type Socket } from 'node:dgram'
import { afterEach, expect, test } from 'vitest'
import { examineClock } from './clock.ts'

let server: Socket | null = null
afterEach(() => {
  server?.close()
  server = null
})

const ntpEpochSeconds = 2_208_988_800

/** A time server whose clock is so much later than this one. */
async function timeServer(laterMs: number, stratum = 2): Promise<string> {
  const socket = createSocket('udp4')
  server = socket
  socket.on('message', (request, from) => {
    const reply = Buffer.alloc(48)
    reply[0] = 0x24
    reply[1] = stratum
    request.copy(reply, 24, 40, 48)
    const now = (Date.now() + laterMs) / 1000 + ntpEpochSeconds
    for (const at of [32, 40]) {
      reply.writeUInt32BE(Math.floor(now), at)
      reply.writeUInt32BE(Math.floor((now % 1) * 2 ** 32), at + 4)
    }
    // What nobody asked for comes first: it must not be believed.
    const forged = Buffer.from(reply)
    forged.writeUInt32BE(0, 24)
    forged.writeUInt32BE(1, 32)
    socket.send(forged, from.port, from.address)
    socket.send(reply, from.port, from.address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return `127.0.0.1:${socket.address().port}`
}

const facts = { now: new Date(), newestAt: null, exists: () => true }

async function byServer(laterMs: number, stratum?: number) {
  const findings = await examineClock({ ...facts, ntp: await timeServer(laterMs, stratum) })
  return findings.at(-1)
}

test.each([
  [0, 'good'],
  [5_000, 'warning'],
  [-60_000, 'bad'],
] as const)('a time server %d ms away makes it %s', async (laterMs, state) => {
  expect(await byServer(laterMs)).toMatchObject({ state })
})

test('a time server that does not know the time is not believed', async () => {
  expect(await byServer(0, 0)).toMatchObject({
    state: 'bad',
    message: expect.stringContaining('does not know') as string,
  })
})

test('an entry from the future says that the clock went back', async () => {
  const newestAt = new Date(facts.now.getTime() + 60_000)
  const [first] = await examineClock({ ...facts, newestAt, ntp: undefined })
  expect(first).toMatchObject({ state: 'bad', fix: expect.stringContaining('NTP') as string })
})

test('without anything that keeps it right, there is a warning', async () => {
  const findings = await examineClock({ ...facts, ntp: undefined, exists: () => false })
  expect(findings.map(({ state }) => state)).toEqual(['good', 'warning'])
})
