/**
 * Ten thousand people who are asked in the app, with as many apps open: memory of each, OATH sign-ins beside them, and the time from a
 * tap to the Accept at the device. Devices and apps are other processes than the server: what is measured is the server's alone.
 */
import { setTimeout as delay } from 'node:timers/promises'

import { api } from '@sallyport/contract'

import { askOnce } from './device-socket.ts'
import { keptMegabytes } from './heap.ts'
import { residentMegabytes } from './memory.ts'
import { addApps, openApps, type AppInDatabase, type OpenApps } from './open-apps.ts'
import type { Loader, LoadResult } from './radload.ts'
import { startSite, type Site } from './site.ts'

export interface PeopleResult {
  readonly people: number
  readonly keptKbEach: number
  readonly residentKbEach: number
  /** What an open app keeps, whether it is asked or not. */
  readonly appKbEach: number
  /** OATH sign-ins of others: before, and while all of those were asked. */
  readonly calm: LoadResult
  readonly beside: LoadResult
  readonly tapP50Ms: number
  readonly tapP99Ms: number
}

const signInsASecond = 200
const taps = 100
const askedASecond = 500
/** Longer than all of it takes, so that everybody is asked from the first reading to the last tap. */
const deviceTimeoutSeconds = 300
/** Answers are kept for 30 s, for whoever asks again: they are not what is measured. */
const repliesKeptMs = 31_000

export async function measurePeople(
  load: Loader,
  { people, seconds }: { readonly people: number; readonly seconds: number },
): Promise<PeopleResult> {
  const others = signInsASecond * seconds
  let apps: readonly AppInDatabase[] = []
  // Those who are asked, those who are tapped for, and two times the others, who have a token alone.
  const withApp = Array.from({ length: people + taps }, (_, index) => `u${index + 1}`)
  const site = await startSite(people + taps + 2 * others, {
    prepare: (dataDir) => (apps = addApps(dataDir, withApp)),
    client: { deviceTimeoutSeconds },
    company: { methods: ['push', 'oath'], numberMatching: 'off', requestsInTenMinutes: 100 },
  })
  const { port, secret, administrator } = site
  const enough = new AbortController()
  const signIns = (firstUser: number) =>
    load({
      ...{ port, secret, code: 'totp', firstUser, users: others, rate: signInsASecond, window: 2_000 },
      ...{ seconds, maximumSignIns: others },
    })
  try {
    const calm = await signIns(people + taps + 1)
    await delay(repliesKeptMs)
    const idle = await memoryOf(site)
    const open = await openApps(apps, site.product.portalUrl)
    try {
      const before = await memoryOf(site)
      const patience = { window: people, giveUpMs: deviceTimeoutSeconds * 1_000 }
      const waiting = load(
        {
          ...{ port, secret, code: 'none', firstUser: 1, users: people, rate: askedASecond, ...patience },
          ...{ seconds: Math.ceil(people / askedASecond) + 1, maximumSignIns: people },
        },
        enough.signal,
      ).catch(() => undefined)
      await allAsked(site, people)
      const asked = await memoryOf(site)
      const beside = await signIns(people + taps + others + 1)
      const times = await tapAll(site, open, withApp.slice(people))
      const { total } = await administrator.call(api.pending.list)
      if (total < people) throw new Error(`only ${total} were still asked at the end`)
      if (open.lost() > 0) throw new Error(`${open.lost()} open apps lost their stream`)
      enough.abort()
      await waiting
      const each = (more: number, among: number) => (more * 1_000) / among
      return {
        ...{ people, calm, beside, tapP50Ms: share(times, 0.5), tapP99Ms: share(times, 0.99) },
        keptKbEach: each(asked.kept - before.kept, people),
        residentKbEach: each(asked.resident - before.resident, people),
        appKbEach: each(before.kept - idle.kept, people + taps),
      }
    } finally {
      enough.abort()
      open.close()
    }
  } finally {
    await site.close()
  }
}

/** The least of several readings: what lies outside the heap is let go of behind the collector's back. */
async function memoryOf({ product }: Site) {
  const readings: number[] = []
  for (let times = 0; times < 5; times++) {
    readings.push(await keptMegabytes(product))
    await delay(1_000)
  }
  return { kept: Math.min(...readings), resident: await residentMegabytes(product.pid()) }
}

async function allAsked({ administrator }: Site, people: number): Promise<void> {
  for (let tries = 0; tries < 240; tries++) {
    if ((await administrator.call(api.pending.list)).total >= people) return
    await delay(500)
  }
  throw new Error('not everybody was asked')
}

/** From the tap, signed and by the app's own door, to the Accept at the device's socket; one person after the other. */
async function tapAll({ port, secret }: Site, { phones }: OpenApps, usernames: readonly string[]): Promise<number[]> {
  const times: number[] = []
  for (const username of usernames) {
    const phone = phones.get(username)
    const answer = askOnce(port, secret, username, username.replace('u', 'p'))
    let request = (await phone?.requests())?.[0]
    while (!request) {
      await delay(20)
      request = (await phone?.requests())?.[0]
    }
    const begun = performance.now()
    const [outcome, { code, atMs }] = await Promise.all([phone?.decide(request, 'approve'), answer])
    if (outcome !== 'taken' || code !== 2) throw new Error(`${username} was not let in: ${outcome ?? ''}, ${code}`)
    times.push(atMs - begun)
  }
  return times
}

function share(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN
}
