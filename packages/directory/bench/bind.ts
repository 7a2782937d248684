/** Prints how many sign-ins a second a target gets from a private OpenLDAP: node bench/bind.ts [seconds] [concurrency]. */
import { createCertificates, numberedUsers, startSlapd } from '@sallyport/tooling/servers'

import { createLdapTarget, type LdapConfiguration, type LdapTarget } from '../src/index.ts'

const seconds = Number(process.argv[2] ?? 3)
const concurrency = Number(process.argv[3] ?? 64)
const users = 1_000

const certificates = await createCertificates()
const server = await startSlapd({ users: numberedUsers(users), certificates })
const base: LdapConfiguration = {
  servers: [{ url: server.url }],
  tls: 'none',
  verifyCertificate: true,
  caPem: certificates.caPem,
  baseDn: server.baseDn,
  userLookup: { kind: 'search', filter: '(uid={username})' },
  queryBind: { kind: 'simple', dn: server.bindDn, password: server.bindPassword },
  connectTimeoutMs: 3_000,
  operationTimeoutMs: 3_000,
  sizeLimit: 100,
}
const ldaps: Partial<LdapConfiguration> = { servers: [{ url: server.ldapsUrl }], tls: 'ldaps' }
const template: Partial<LdapConfiguration> = { userLookup: { kind: 'template', dn: server.userDn('{username}') } }

try {
  await measure('search + bind', base)
  await measure('bind (template)', { ...base, ...template })
  await measure('search + bind, LDAPS', { ...base, ...ldaps })
  await measure('bind (template), LDAPS', { ...base, ...template, ...ldaps })
} finally {
  await server.remove()
  await certificates.remove()
}

async function measure(title: string, configuration: LdapConfiguration): Promise<void> {
  const target = createLdapTarget(configuration)
  await run(target, 0.5)
  const cpu = process.cpuUsage()
  const { signIns, elapsed, latencies } = await run(target, seconds)
  const used = process.cpuUsage(cpu)
  await target.close()
  latencies.sort()
  const at = (share: number) => (latencies[Math.floor(latencies.length * share)] ?? 0).toFixed(1)
  const own = (used.user + used.system) / signIns
  const line = `${Math.round(signIns / elapsed)}/s, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, own CPU ${own.toFixed(0)} µs each`
  process.stdout.write(`${title.padEnd(24)} ${line}\n`)
}

async function run(target: LdapTarget, forSeconds: number) {
  const startedAt = performance.now()
  const endAt = startedAt + forSeconds * 1_000
  const latencies = new Float64Array(1_000_000)
  let signIns = 0
  const worker = async (index: number) => {
    for (let user = index; performance.now() < endAt; user = (user + 17) % users) {
      const began = performance.now()
      const outcome = await target.authenticate(`u${user + 1}`, `p${user + 1}`)
      if (outcome.kind !== 'ok') throw new Error(`u${user + 1}: ${JSON.stringify(outcome)}`)
      latencies[signIns++] = performance.now() - began
    }
  }
  await Promise.all(Array.from({ length: concurrency }, (_, index) => worker(index)))
  return { signIns, elapsed: (performance.now() - startedAt) / 1_000, latencies: latencies.subarray(0, signIns) }
}
