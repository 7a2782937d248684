/** Whether DNS knows the hosts that this server has to reach, and whether gateways take connections. */
import { lookup } from 'node:dns/promises'
import { connect, isIP } from 'node:net'
import type { GatewayConfiguration } from '@sallyport/contract'
import { parseLdapUrl } from '@sallyport/directory'
import type { GatewayRecord, LdapSettings, RadiusServerRecord, Store, WindowsDomainSettings } from '@sallyport/store'
import { createSrvResolver, findControllers } from '../windows-domain/controllers.ts'
import type { ServerStatus } from '../control/server-status.ts'
import { finding, type Finding } from './finding.ts'

const connectWithinMs = 5_000

interface Reached {
  readonly ldap: LdapSettings
  readonly domain: WindowsDomainSettings
  readonly servers: readonly RadiusServerRecord[]
  readonly gateways: readonly GatewayRecord[]
}

export async function hostsOf(store: Store): Promise<Reached> {
  return {
    ldap: await store.settings.ldap(),
    domain: await store.windowsDomain.settings(),
    servers: await store.radiusServers.list(),
    gateways: await store.gateways.list(),
  }
}

/** Each name once; the domain's SRV records where its controllers are found by them. */
export async function examineDns({ ldap, domain, servers, gateways }: Reached): Promise<readonly Finding[]> {
  const names = new Set([
    ...(ldap.configured ? ldap.servers.map(({ url }) => hostOfLdap(url)) : []),
    ...servers.map(({ host }) => host),
    ...gateways.filter(({ enabled }) => enabled).map(({ configuration }) => placeOf(configuration).host),
    ...(domain.configured ? domain.controllers : []),
  ])
  const findings: Finding[] = []
  if (domain.configured && domain.controllers.length === 0) findings.push(await examineSrv(domain))
  for (const name of names) {
    if (name === '' || isIP(name.replace(/^\[|\]$/gu, '')) !== 0) continue
    findings.push(await examineName(name))
  }
  return findings.length > 0 ? findings : [finding('dns', 'skipped', 'Nothing is reached by a name.')]
}

async function examineSrv(domain: WindowsDomainSettings): Promise<Finding> {
  const question = `_ldap._tcp.dc._msdcs.${domain.domain}`
  const hosts = await findControllers(domain, createSrvResolver()).catch(() => [])
  return hosts.length > 0
    ? finding('dns', 'good', `${question} names ${hosts.join(', ')}.`)
    : finding(
        'dns',
        'bad',
        `${question} names no domain controller.`,
        'Let this machine ask the domain’s DNS, or name the controllers in the target’s settings.',
      )
}

async function examineName(name: string): Promise<Finding> {
  try {
    const found = await lookup(name, { all: true })
    return finding('dns', 'good', `${name} is ${found.map(({ address }) => address).join(', ')}.`)
  } catch {
    return finding('dns', 'bad', `${name} is not known.`, 'Correct the name in the console, or this machine’s DNS.')
  }
}

/** Of a running server what it knows by experience; a connection is made all the same, and nothing is sent. */
export async function examineGateways({ gateways }: Reached, status: ServerStatus | null): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const { id, name, enabled, configuration } of gateways) {
    if (!enabled) {
      findings.push(finding('gateways', 'skipped', `${name} is disabled.`))
      continue
    }
    const { host, port } = placeOf(configuration)
    const problem = await connectTo(host, port)
    const known = status?.gateways.find((each) => each.id === id)
    if (problem !== null) {
      findings.push(finding('gateways', 'bad', `${name}: ${host}, port ${port}: ${problem}`, checkGateway))
    } else if (known?.state === 'suspect') {
      findings.push(finding('gateways', 'warning', `${name}: ${known.problem ?? 'its last message failed.'}`, sendTest))
    } else findings.push(finding('gateways', 'good', `${name}: ${host}, port ${port} takes connections.`))
  }
  return findings.length > 0 ? findings : [finding('gateways', 'skipped', 'There are none.')]
}

const checkGateway = 'Check its address in Gateways, and the firewall between.'
const sendTest = 'Send a test message in Gateways: it shows what the gateway says.'

function connectTo(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ host: host.replace(/^\[|\]$/gu, ''), port, timeout: connectWithinMs })
    const end = (problem: string | null) => {
      socket.destroy()
      resolve(problem)
    }
    socket.once('connect', () => end(null))
    socket.once('timeout', () => end('it does not answer.'))
    socket.once('error', (error: NodeJS.ErrnoException) => end(words[error.code ?? ''] ?? `${error.message}.`))
  })
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'it refuses connections.',
  ENOTFOUND: 'its name is not known.',
  EHOSTUNREACH: 'it cannot be reached.',
}

function placeOf(configuration: GatewayConfiguration): { readonly host: string; readonly port: number } {
  if ('host' in configuration) return { host: configuration.host, port: configuration.port }
  const { hostname, port, protocol } = new URL('apiUrl' in configuration ? configuration.apiUrl : configuration.url)
  return { host: hostname, port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port) }
}

function hostOfLdap(url: string): string {
  const address = parseLdapUrl(url)
  return 'host' in address ? address.host : ''
}
