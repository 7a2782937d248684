/**
 * The benchmark of the product: sign-ins through a challenge against one OpenLDAP, FreeRADIUS and Sallyport in turns, from one
 * load generator. Only the ratio of one run means anything. `--quick` takes fewer people and less time.
 */
import { createHash } from 'node:crypto'
import { cpus } from 'node:os'

import { startFreeRadiusLdap } from '@sallyport/tooling/servers'

import { memorySteps, slopeMegabytes } from './memory.ts'
import { buildRadload, type LoadResult } from './radload.ts'
import { startSite } from './site.ts'

const quick = process.argv.includes('--quick')
/** A person has three codes in 30 s, and no code works twice. */
const codesAPerson = 3
const peopleARound = quick ? 2_000 : 10_000
const rounds = quick ? 1 : 3
const people = peopleARound * rounds
const window = 256
/** FreeRADIUS as packaged knows one key for its challenge: all of its users have the same. */
const sharedKey = createHash('sha1').update('totp:shared').digest()

const print = (text: string) => process.stdout.write(`${text}\n`)
const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
const fixed = (value: number, digits = 0) => value.toFixed(digits)

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
  const theirs: LoadResult[] = []
  const ours: LoadResult[] = []
  try {
    for (let round = 0; round < rounds; round++) {
      const common = {
        secret: site.secret,
        users: peopleARound,
        firstUser: 1 + round * peopleARound,
        window,
        seconds: 20,
      }
      const maximumSignIns = peopleARound * codesAPerson
      theirs.push(await load({ ...common, port: freeRadius.challengePort, code: 'totp-shared', maximumSignIns }))
      ours.push(await load({ ...common, port: site.port, code: 'totp', maximumSignIns }))
    }
  } finally {
    await freeRadius.stop()
  }
  const rows: [string, (result: LoadResult) => number, number][] = [
    ['sign-ins/s', (result) => result.signInsPerSecond, 0],
    ['p50 of a sign-in, ms', (result) => result.signInP50Ms, 1],
    ['p99 of a sign-in, ms', (result) => result.signInP99Ms, 1],
    ['p99 of a reply, ms', (result) => result.replyP99Ms, 1],
    ['refused', (result) => result.rejects, 0],
    ['lost', (result) => result.lost, 0],
  ]
  print(`\nLDAP bind + challenge + TOTP, ${window} sign-ins at a time, medians of ${rounds}`)
  print('| | Sallyport (log durable) | FreeRADIUS 3.2 (no log) | ratio |\n|---|---|---|---|')
  for (const [name, value, digits] of rows) {
    const [own, other] = [median(ours.map(value)), median(theirs.map(value))]
    print(
      `| ${name} | ${fixed(own, digits)} | ${fixed(other, digits)} | ${other === 0 ? '–' : fixed(own / other, 2)} |`,
    )
  }

  print('\nMemory of the server, the same people signing in again and again')
  const before = ours.reduce((sum, { accepts }) => sum + accepts, 0)
  const steps = await memorySteps({ site, load, people: quick ? 2_000 : 20_000, steps: quick ? 2 : 12, before })
  print('| sign-ins so far | refused or lost | resident MB at rest |\n|---|---|---|')
  for (const { signIns, failed, megabytes } of steps) print(`| ${signIns} | ${failed} | ${fixed(megabytes)} |`)
  const slope = slopeMegabytes(steps)
  if (slope !== undefined) print(`from 100,000 sign-ins on: ${fixed(slope, 1)} MB for another 100,000`)
} finally {
  await site.close()
}
