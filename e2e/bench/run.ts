/**
 * The benchmark of the product, against FreeRADIUS with the same OpenLDAP, in turns, from one load generator. Only the ratio of
 * one run means anything. `--quick` takes fewer people and less time.
 */
import { createHash } from 'node:crypto'
import { cpus } from 'node:os'

import { startFreeRadiusLdap } from '@sallyport/tooling/servers'

import { flood, measureFlood } from './flood.ts'
import { memorySteps, slopeMegabytes } from './memory.ts'
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

print(`${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}, ${people} people`)
const load = await buildRadload()
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
