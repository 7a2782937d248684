/** Whether the ports can be had: of a running server, what it says; else each is opened for a moment. */
import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import { findPortHolder } from '../ports/port-holder.ts'
import type { ServerStatus } from '../control/server-status.ts'
import { finding, type Finding } from './finding.ts'

export interface WantedPort {
  readonly name: string
  readonly protocol: 'tcp' | 'udp'
  readonly address: string
  readonly port: number
}

export function portsOfRunning(status: ServerStatus): readonly Finding[] {
  const { sockets, radsecSockets, consoleUrl, portalUrl } = status
  const named = [
    ...sockets.map((socket) => ({ ...socket, name: `RADIUS ${socket.kind ?? ''}, UDP ${socket.port ?? ''}` })),
    ...radsecSockets.map((socket) => ({ ...socket, name: 'RadSec' })),
  ]
  return [
    finding('ports', 'good', `The console is open at ${consoleUrl}, the portal at ${portalUrl}.`),
    ...named.map(({ name, family, state, problem }) =>
      state === 'listening'
        ? finding('ports', 'good', `${name}, ${family}: listens.`)
        : finding('ports', 'bad', `${name}, ${family}: ${problem ?? 'does not listen.'}`, whereToChange),
    ),
  ]
}

const whereToChange = 'Stop what holds the port, or choose another one in RADIUS Authentication.'

/** Opens each port and closes it again. Not for ports of a server that runs. */
export async function portsToBe(wanted: readonly WantedPort[]): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const each of wanted) findings.push(await tryPort(each))
  return findings
}

async function tryPort({ name, protocol, address, port }: WantedPort): Promise<Finding> {
  const at = `${name}: ${protocol.toUpperCase()} ${port} on ${address}`
  try {
    await (protocol === 'udp' ? openUdp(address, port) : openTcp(address, port))
    return finding('ports', 'good', `${at} can be had.`)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (address.includes(':') && ['EAFNOSUPPORT', 'EADDRNOTAVAIL'].includes(code)) {
      return finding('ports', 'skipped', `${at}: this machine has no IPv6.`)
    }
    return finding('ports', 'bad', `${at}: ${await why(code, protocol, port, error)}`, fixes[code] ?? null)
  }
}

async function why(code: string, protocol: 'tcp' | 'udp', port: number, error: unknown): Promise<string> {
  if (code === 'EADDRINUSE') return `in use by ${(await findPortHolder(port, protocol)) ?? 'another program'}.`
  if (code === 'EACCES') return 'this account may not open it.'
  if (code === 'EADDRNOTAVAIL') return 'this machine does not have that address.'
  return error instanceof Error ? error.message : String(error)
}

const fixes: Readonly<Record<string, string>> = {
  EADDRINUSE: 'Stop what holds it, or choose another port.',
  EACCES: 'Ports below 1024 need the capability CAP_NET_BIND_SERVICE, which the systemd unit gives.',
  EADDRNOTAVAIL: 'Correct the address in the environment (SALLYPORT_…_ADDRESS), or give it to this machine.',
}

function openUdp(address: string, port: number): Promise<void> {
  const isIpv6 = address.includes(':')
  const socket = createSocket({ type: isIpv6 ? 'udp6' : 'udp4', ipv6Only: isIpv6 })
  return new Promise((resolve, reject) => {
    socket.once('error', (error) => {
      socket.close()
      reject(error)
    })
    socket.bind({ address, port, exclusive: true }, () => socket.close(() => resolve()))
  })
}

function openTcp(host: string, port: number): Promise<void> {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, exclusive: true, ipv6Only: host.includes(':') }, () => server.close(() => resolve()))
  })
}
