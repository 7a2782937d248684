/** Whether the clock is right: by what this machine itself knows, and by a time server where one is named (RFC 4330). */
import { randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { existsSync } from 'node:fs'
import { lookup } from 'node:dns/promises'
import { finding, type Finding } from './finding.ts'

/** Codes that change every 30 seconds bear half a minute; signatures of the app and of gateways bear less. */
const tolerableMs = 2_000
const harmfulMs = 15_000
const answerWithinMs = 3_000
/** From 1900 to 1970. */
const ntpEpochSeconds = 2_208_988_800

/** What keeps a clock right leaves one of these. */
const keepers = [
  '/run/systemd/timesync/synchronized',
  '/run/chrony/chronyd.pid',
  '/run/chronyd.pid',
  '/run/ntpd.pid',
  '/run/ntpsec/ntpd.pid',
]

export interface ClockFacts {
  readonly now: Date
  /** The newest time in the database. */
  readonly newestAt: Date | null
  /** A time server, with a port where it is not 123. */
  readonly ntp: string | undefined
  /** Whether a file is there; node:fs's unless given. */
  readonly exists?: (path: string) => boolean
}

export async function examineClock({
  now,
  newestAt,
  ntp,
  exists = existsSync,
}: ClockFacts): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  if (newestAt !== null && newestAt.getTime() > now.getTime() + harmfulMs) {
    const message = `The clock says ${now.toISOString()}, and the database has an entry of ${newestAt.toISOString()}: it went back, or was wrong then.`
    findings.push(finding('clock', 'bad', message, setIt))
  } else {
    findings.push(finding('clock', 'good', `The clock says ${now.toISOString()}; nothing in the database is later.`))
  }
  if (ntp !== undefined) return [...findings, await compareWith(ntp)]
  const keeper = keepers.find((path) => exists(path))
  findings.push(
    keeper === undefined
      ? finding(
          'clock',
          'warning',
          'Nothing was found that keeps the clock right (systemd-timesyncd, chrony, ntpd).',
          'Unless the hypervisor or the container’s host sets it, install chrony. Compare it with --ntp <host>.',
        )
      : finding('clock', 'good', `Something keeps it right (${keeper}).`),
  )
  return findings
}

const setIt = 'Set the clock right and keep it so by NTP: codes that change with time are refused where it is wrong.'

async function compareWith(server: string): Promise<Finding> {
  try {
    const offsetMs = await clockOffset(server)
    const apart = `${(Math.abs(offsetMs) / 1000).toFixed(3)} s ${offsetMs < 0 ? 'ahead of' : 'behind'} ${server}`
    if (Math.abs(offsetMs) >= harmfulMs) return finding('clock', 'bad', `The clock is ${apart}.`, setIt)
    if (Math.abs(offsetMs) >= tolerableMs) return finding('clock', 'warning', `The clock is ${apart}.`, setIt)
    return finding('clock', 'good', `The clock is ${apart}.`)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return finding('clock', 'bad', `${server} could not be asked: ${why}`, 'Name another time server with --ntp.')
  }
}

/** @returns milliseconds that this clock is behind the server's; negative: ahead of it */
export async function clockOffset(server: string): Promise<number> {
  const [, bracketed, named, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(server) ?? []
  const { address, family } = await lookup(bracketed ?? named ?? server.replace(/^\[|\]$/gu, ''))
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4')
  // RFC 4330 §5: version 4, mode 3; the transmit timestamp comes back as the originate one, and nobody else knows it.
  const request = Buffer.alloc(48)
  request[0] = 0x23
  randomBytes(8).copy(request, 40)
  try {
    return await new Promise<number>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('it does not answer.')), answerWithinMs)
      let sentMs = 0
      socket.once('error', reject)
      socket.on('message', (reply) => {
        const isAnswer = reply.length >= 48 && reply.subarray(24, 32).equals(request.subarray(40, 48))
        if (!isAnswer || (reply.readUInt8(0) & 7) !== 4) return
        clearTimeout(late)
        // §5: a server that does not know the time says so by its stratum or its leap indicator.
        const stratum = reply.readUInt8(1)
        if (stratum === 0 || stratum > 15 || reply.readUInt8(0) >> 6 === 3)
          reject(new Error('it does not know the time.'))
        else resolve((timestamp(reply, 32) - sentMs + (timestamp(reply, 40) - Date.now())) / 2)
      })
      sentMs = Date.now()
      socket.send(request, Number(port ?? 123), address, (error) => error && reject(error))
    })
  } finally {
    socket.close()
  }
}

/** RFC 4330 §3, as milliseconds since 1970. */
function timestamp(packet: Buffer, at: number): number {
  return (packet.readUInt32BE(at) - ntpEpochSeconds + packet.readUInt32BE(at + 4) / 2 ** 32) * 1000
}
