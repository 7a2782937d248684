/**
 * The benchmark of the product, against FreeRADIUS with the same OpenLDAP, in turns, from one load generator. Only the ratio of
 * one run means anything. `--quick` takes fewer people and less time; `--only=sign-ins`, `proxy` or `people` one part alone,
 * `--people=N` so many who are asked.
 */
import { createHash } from 'node:crypto'
import { cpus } from 'node:os'

import { startFreeRadiusLdap } from '@sallyport/tooling/servers'

import { flood, measureFlood } from './flood.ts'
import { memorySteps, slopeMegabytes } from './memory.ts'
import { measurePeople } from './people.ts'
import { measureFailover, measurePending, measureProxy } from './proxy.ts'
import { buildRadload, type LoadResult } from './radload.ts'
import { startSite } from './site.ts'
import { print, printComparison, requestRows, signInRows } from './table.ts'

const quick = process.argv.includes('--quick')
/** A person has three codes in 30 s, and no code works twice. */
const codesAPerson = 3
const peopleARound = quick ? 2_000 : 10_000
const rounds = quick ? 1 : 3
const people = Math.max(peopleARound * rounds, 2 * flood.signInsPerSecond * flood.seconds)
const window = 256
/** FreeRADIUS as packaged knows one key for its challenge: all of its users have the same. */
const sharedKey = createHash('sha1').update('totp:shared').digest()

/** RFC 4648 §6, for 20 octets. */
function encodeBase32(octets: Uint8Array): string {
  const bits = [...octets].map((octet) => octet.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/g) ?? [])
    .map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(Number.parseInt(five, 2)))
    .join('')
}

const argument = (name: string) => process.argv.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3)
const parts: Readonly<Record<string, () => Promise<void>>> = {
  'sign-ins': signInsBesideTheirs,
  proxy: proxyBesideTheirs,
  people: peopleWhoAreAsked,
}
const only = argument('only')
if (only !== undefined && !(only in parts)) throw new Error(`--only is one of ${Object.keys(parts).join(', ')}`)

print(`${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`)
const load = await buildRadload()
for (const [name, measure] of Object.entries(parts)) if (only === undefined || only === name) await measure()

async function signInsBesideTheirs(): Promise<void> {
  const site = await startSite(people)
  try {
    const freeRadius = await startFreeRadiusLdap({
      ldap: site.directory,
      secret: site.secret,
      code: { kind: 'totp', secretBase32: encodeBase32(sharedKey) },
    })
    try {
      const us = { port: site.port, secret: site.secret, code: 'totp' }
      const them = { port: freeRadius.challengePort, secret: site.secret, code: 'totp-shared' }

      const [ours, theirs]: [LoadResult[], LoadResult[]] = [[], []]
      for (let round = 0; round < rounds; round++) {
        const firstUser = 1 + round * peopleARound
        const signIns = { firstUser, users: peopleARound, maximumSignIns: peopleARound * codesAPerson }
        theirs.push(await load({ ...them, ...signIns, window, seconds: 20 }))
        ours.push(await load({ ...us, ...signIns, window, seconds: 20 }))
      }
      const title = `LDAP bind + challenge + TOTP, ${window} sign-ins at a time, medians of ${rounds}`
      printComparison(title, signInRows, { ours, theirs })

      print('\nMemory of the server, the same people signing in again and again')
      const before = ours.reduce((sum, { accepts }) => sum + accepts, 0)
      const steps = await memorySteps({ site, load, people: quick ? 2_000 : 20_000, steps: quick ? 2 : 12, before })
      print('| sign-ins so far | refused or lost | kept after a collection, MB | resident, MB |\n|---|---|---|---|')
      for (const { signIns, failed, keptMb, residentMb } of steps) {
        print(`| ${signIns} | ${failed} | ${keptMb.toFixed(1)} | ${residentMb.toFixed(0)} |`)
      }
      const slope = slopeMegabytes(steps)
      if (slope !== undefined) print(`from 100,000 sign-ins on, another 100,000 keep ${slope.toFixed(2)} MB more`)

      // Everybody's code is new by now: the last step of the memory's rested for one.
      const { signInsPerSecond, packetsPerSecond } = flood
      const ourFlood = await measureFlood({ load, target: us, firstUser: 1 })
      const theirFlood = await measureFlood({ load, target: them, firstUser: 1 })
      const calm = { ours: [ourFlood.calm], theirs: [theirFlood.calm] }
      printComparison(`${signInsPerSecond} sign-ins/s, nothing else`, signInRows, calm)
      const flooded = { ours: [ourFlood.flooded], theirs: [theirFlood.flooded] }
      printComparison(`${signInsPerSecond} sign-ins/s in ${packetsPerSecond} bad packets/s`, signInRows, flooded)
    } finally {
      await freeRadius.stop()
    }
  } finally {
    await site.close()
  }
}

async function proxyBesideTheirs(): Promise<void> {
  const proxy = await measureProxy(load, { rounds, seconds: quick ? 3 : 8 })
  printComparison(`Proxy, PAP, to the same home server, ${window} requests at a time`, requestRows, proxy.full)
  printComparison(`The same at half of what FreeRADIUS reached, ${proxy.halfRate} requests/s`, requestRows, proxy.half)

  const failover = await measureFailover(load)
  printComparison('1,000 requests/s, the first of two home servers killed', requestRows, failover)

  if (!quick) {
    const { pending, residentKbEach, keptKbEach, calm, beside, waited } = await measurePending(load)
    print(
      `\n${pending} people wait for a slow home server: ${waited.accepts} let in, ${waited.rejects + waited.lost} not`,
    )
    print(
      `| each of them keeps, kB | ${keptKbEach.toFixed(2)} |\n|---|---|\n| resident, kB | ${residentKbEach.toFixed(2)} |`,
    )
    for (const [name, result] of [
      ['before', calm],
      ['beside them', beside],
    ] as const) {
      print(`| 500 others a second, ${name}: p99, ms; lost | ${result.replyP99Ms.toFixed(1)}; ${result.lost} |`)
    }
  }
}

async function peopleWhoAreAsked(): Promise<void> {
  const { people: askedPeople, ...asked } = await measurePeople(load, {
    people: Number(argument('people') ?? (quick ? 1_000 : 10_000)),
    seconds: quick ? 3 : 20,
  })
  print(`\n${askedPeople} people are asked in the app, as many apps are open\n| | | goal |\n|---|---|---|`)
  print(
    `| each of them keeps, kB (resident) | ${asked.keptKbEach.toFixed(2)} (${asked.residentKbEach.toFixed(2)}) | under 4 |`,
  )
  print(`| an open app keeps, kB | ${asked.appKbEach.toFixed(2)} | |`)
  for (const [name, result, goal] of [
    ['before', asked.calm, ''],
    ['beside them', asked.beside, 'under 50; none'],
  ] as const) {
    const failed = result.lost + result.rejects
    print(
      `| 200 OATH sign-ins/s ${name}: p99, ms; refused or lost | ${result.signInP99Ms.toFixed(1)}; ${failed} | ${goal} |`,
    )
  }
  print(`| tap to Accept: p50; p99, ms | ${asked.tapP50Ms.toFixed(1)}; ${asked.tapP99Ms.toFixed(1)} | under 100 |`)
}
