/** Looks at everything that a server needs, while it runs or not, and changes nothing. */
import { examineData, openStore, type DataFinding, type Store } from '@sallyport/store'
import type { Config } from '../config.ts'
import { askServer } from '../control/control-socket.ts'
import { serverStatus, type ServerStatus } from '../control/server-status.ts'
import { examineKept, examineListeners } from './certificates.ts'
import { examineClock } from './clock.ts'
import { examineDisk } from './disk.ts'
import { finding, type Area, type Finding } from './finding.ts'
import { examineDns, examineGateways, hostsOf } from './hosts.ts'
import { portsOfRunning, portsToBe, type WantedPort } from './ports.ts'
import { examineTargets } from './targets.ts'

export interface ExamineOptions {
  readonly config: Config
  readonly migrationsDir: string | undefined
  readonly clock: () => Date
  readonly ntp: string | undefined
  /** Read large databases through, too. */
  readonly thorough: boolean
}

const largeBytes = 2 ** 30

export async function examine(options: ExamineOptions): Promise<readonly Finding[]> {
  const { config, migrationsDir, clock, ntp, thorough } = options
  const { dataDir } = config
  const readThroughBelow = thorough ? Infinity : largeBytes
  const data = examineData({ dataDir, migrationsDir, readThroughBelow })
  const { server, status } = await examineServer(dataDir)
  const findings: Finding[] = [
    ...server,
    ...data.findings.map(databaseFinding),
    ...examineDisk(dataDir),
    ...(await guarded('clock', () => examineClock({ now: clock(), newestAt: data.newestAt, ntp }))),
  ]
  if (data.state !== 'usable') {
    const why = data.state === 'absent' ? 'Nothing is configured yet' : 'The database has to be mended first'
    const ports = status === null ? await portsToBe(listeners(config)) : portsOfRunning(status)
    const certificates = await guarded('certificates', () => examineListeners(config, null, clock()))
    return [
      ...findings,
      ...certificates,
      ...ports,
      finding('targets', 'skipped', `${why}: targets and gateways were not looked at.`),
    ]
  }
  const store = await openStore({ dataDir, ...(migrationsDir === undefined ? {} : { migrationsDir }) })
  try {
    const ports = status === null ? await portsToBe(await wantedPorts(config, store)) : portsOfRunning(status)
    const hosts = await hostsOf(store)
    return [
      ...findings,
      ...ports,
      ...(await guarded('certificates', () => examineListeners(config, store, clock()))),
      ...(await guarded('certificates', () => examineKept(store, clock()))),
      ...(await guarded('dns', () => examineDns(hosts))),
      ...(await guarded('targets', () => examineTargets(store, config.sambaFolder))),
      ...(await guarded('gateways', () => examineGateways(hosts, status))),
    ]
  } finally {
    await store.close()
  }
}

/** One examination that breaks must not hide the others. */
async function guarded(area: Area, look: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await look()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return [finding(area, 'bad', `This could not be looked at: ${why}`)]
  }
}

async function examineServer(
  dataDir: string,
): Promise<{ readonly server: readonly Finding[]; readonly status: ServerStatus | null }> {
  try {
    const answer = await askServer(dataDir, 'status')
    if (answer === null)
      return { server: [finding('server', 'skipped', 'No server runs in this folder.')], status: null }
    const status = serverStatus.parse(answer)
    const runs = finding('server', 'good', `The server runs: release ${status.version}, process ${status.pid}.`)
    const refuses = 'Sign-ins are refused: what happens cannot be written down.'
    const log = status.logWritable ? [] : [finding('server', 'bad', refuses, 'Look at disk and database below.')]
    return { server: [runs, ...log], status }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const message = `A server runs in this folder, and cannot be asked: ${why}`
    return { server: [finding('server', 'warning', message, 'Run this as the server’s account.')], status: null }
  }
}

function databaseFinding({ state, message, fix }: DataFinding): Finding {
  return finding('database', state, message, fix)
}

function listeners({ console, portal }: Config): readonly WantedPort[] {
  return [
    { name: 'Console', protocol: 'tcp', address: console.address, port: console.port },
    { name: 'Portal', protocol: 'tcp', address: portal.address, port: portal.port },
  ]
}

async function wantedPorts(config: Config, store: Store): Promise<readonly WantedPort[]> {
  const radius = await store.settings.radius()
  const radsec = await store.settings.radsec()
  const on = (name: string, protocol: 'tcp' | 'udp', ports: readonly number[]): WantedPort[] =>
    ports.flatMap((port) => config.radiusAddresses.map((address) => ({ name, protocol, address, port })))
  return [
    ...listeners(config),
    ...(radius.enabled ? on('RADIUS authentication', 'udp', radius.authenticationPorts) : []),
    ...(radius.enabled ? on('RADIUS accounting', 'udp', radius.accountingPorts) : []),
    ...(radius.enabled && radsec.enabled ? on('RadSec', 'tcp', [radsec.port]) : []),
  ]
}
