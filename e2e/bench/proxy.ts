/** As a proxy: at full load and at half of theirs, with a home server that takes its time, and with one that dies. */
import { setTimeout as delay } from 'node:timers/promises'
import {
  freeUdpPort,
  startFreeRadius,
  startFreeRadiusUdpProxy,
  startProcess,
  type RunningFreeRadius,
} from '@sallyport/tooling/servers'
import { keptMegabytes } from './heap.ts'
import { residentMegabytes } from './memory.ts'
import { startProxySite } from './proxy-site.ts'
import { compile, type Load, type Loader, type LoadResult } from './radload.ts'

const secret = 'secret-for-measuring'
const people = 1_000
const patience = { timeoutSeconds: 3, tries: 3 } as const

interface Compared {
  readonly ours: readonly LoadResult[]
  readonly theirs: readonly LoadResult[]
}

/** PAP to the same home server: as fast as it goes, and then both at half of the rate that FreeRADIUS reached. */
export async function measureProxy(
  load: Loader,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<{ readonly full: Compared; readonly half: Compared; readonly halfRate: number }> {
  const home = await startHome()
  const homePorts = [home.passwordPort]
  const peer = await startFreeRadiusUdpProxy({ homePorts, secret })
  const site = await startProxySite({ secret, homePorts, ...patience })
  const everybody = { secret, users: people, firstUser: 1, code: 'none', maximumSignIns: 10_000_000, seconds }
  const compare = async (how: Pick<Load, 'window' | 'rate'>): Promise<Compared> => {
    const [ours, theirs]: [LoadResult[], LoadResult[]] = [[], []]
    for (let round = 0; round < rounds; round++) {
      theirs.push(await load({ ...everybody, ...how, port: peer.port }))
      ours.push(await load({ ...everybody, ...how, port: site.port }))
    }
    return { ours, theirs }
  }
  try {
    const full = await compare({ window: 256 })
    const rates = full.theirs.map(({ signInsPerSecond }) => signInsPerSecond).sort((a, b) => a - b)
    const halfRate = Math.round((rates[Math.floor(rates.length / 2)] ?? 0) / 2)
    return { full, half: await compare({ window: 2_000, rate: halfRate }), halfRate }
  } finally {
    await site.close()
    await peer.stop()
    await home.stop()
  }
}

export interface PendingResult {
  readonly pending: number
  readonly residentKbEach: number
  readonly keptKbEach: number
  /** The others, who are answered at once: before, and while all of those were pending. */
  readonly calm: LoadResult
  readonly beside: LoadResult
  /** Those that waited. */
  readonly waited: LoadResult
}

/** So many that the server takes all of them and the others too. */
const pendingAtOnce = 49_900
const answeredAfterSeconds = 45

/** Nearly 50,000 people wait for a slow home server, while others sign in at a steady rate. */
export async function measurePending(load: Loader): Promise<PendingResult> {
  const homePort = await freeUdpPort()
  const home = await startProcess({
    command: await compile('slow-home.c'),
    args: [homePort, secret, answeredAfterSeconds].map(String),
    isReady: (output) => output.includes('ready'),
  })
  const site = await startProxySite({ secret, homePorts: [homePort], timeoutSeconds: 60, tries: 1 })
  const others = { port: site.port, secret, users: people, firstUser: 1, code: 'none', rate: 500, window: 2_000 }
  try {
    const calm = await load({ ...others, seconds: 10, maximumSignIns: 5_000 })
    const before = { kept: await keptMegabytes(site.product), resident: await residentMegabytes(site.product.pid()) }
    const waiting = load({
      ...{ port: site.port, secret, prefix: 's', users: pendingAtOnce, firstUser: 1, code: 'none' },
      ...{ rate: 5_000, window: pendingAtOnce, seconds: 20, maximumSignIns: pendingAtOnce, giveUpMs: 90_000 },
    })
    await delay(15_000)
    const beside = await load({ ...others, seconds: 10, maximumSignIns: 5_000 })
    const kept = await keptMegabytes(site.product)
    const resident = await residentMegabytes(site.product.pid())
    const waited = await waiting
    const each = (more: number) => (more * 1_000) / pendingAtOnce
    return {
      ...{ pending: pendingAtOnce, calm, beside, waited },
      ...{ keptKbEach: each(kept - before.kept), residentKbEach: each(resident - before.resident) },
    }
  } finally {
    await site.close()
    await home.stop()
  }
}

/** 1,000 requests a second, of two home servers the first killed in their middle; nobody repeats a request. */
export async function measureFailover(load: Loader): Promise<Compared> {
  const one = async (start: (homePorts: readonly number[]) => Promise<{ port: number; stop: () => Promise<void> }>) => {
    const [first, second] = [await startHome(), await startHome()]
    const proxy = await start([first.passwordPort, second.passwordPort])
    try {
      const running = load({
        ...{ port: proxy.port, secret, users: people, firstUser: 1, code: 'none', giveUpMs: 30_000 },
        ...{ rate: 1_000, window: 20_000, seconds: 10, maximumSignIns: 10_000 },
      })
      await delay(4_000)
      process.kill(first.pid, 'SIGKILL')
      return await running
    } finally {
      await proxy.stop()
      await first.stop()
      await second.stop()
    }
  }
  const theirs = await one((homePorts) => startFreeRadiusUdpProxy({ homePorts, secret, responseWindowSeconds: 3 }))
  const ours = await one(async (homePorts) => {
    const site = await startProxySite({ secret, homePorts, ...patience })
    return { port: site.port, stop: () => site.close() }
  })
  return { ours: [ours], theirs: [theirs] }
}

function startHome(): Promise<RunningFreeRadius> {
  const users = Array.from({ length: people }, (_, index) => ({ name: `u${index + 1}`, password: `p${index + 1}` }))
  return startFreeRadius({ secret, users })
}
