/** The ways to a domain controller besides LDAPS to a named one, and the groups that rules ask for, against a real one. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { actor } from '../test/running-server.ts'
import {
  as,
  codeNow,
  domainPassword,
  pap,
  startDomainServer,
  stateOf,
  type DomainServer,
} from './test/domain-server.ts'

const child = fileURLToPath(new URL('test/domain-by-dns.ts', import.meta.url))
let server: DomainServer

beforeAll(async () => {
  server = await startDomainServer(
    ['jane', 'john'].map((name) => ({ name })),
    {
      settings: { tls: 'starttls', mschapV2: false },
      groups: [
        { name: 'Inner', members: ['jane'] },
        { name: 'Outer', members: ['Inner'] },
      ],
      async prepare({ replyRules }) {
        const rule = { clientId: null, operation: 'add', attribute: 'Filter-Id', tag: 0, enabled: true } as const
        for (const groupName of ['Outer', 'domain users', 'Domain Admins']) {
          await replyRules.create({ ...rule, groupName, value: `in ${groupName}`, secret: false }, actor)
        }
      },
    },
  )
}, 180_000)
afterAll(() => server.remove())

test('by StartTLS, people sign in, and wrong passwords are told apart', async () => {
  expect((await server.byPap('john', 'wrong')).code).toBe('Access-Reject')
  await server.reported('john', 'wrong-password')
  const asked = await server.byPap('john')
  expect((await server.ask(as('john'), pap(codeNow()), stateOf(asked))).code).toBe('Access-Accept')
})

test('a rule for a group is one for the groups in it too, and for the primary group', async () => {
  const asked = await server.byPap('jane')
  const accept = await server.ask(as('jane'), pap(codeNow()), stateOf(asked))
  expect(accept.code).toBe('Access-Accept')
  const values = [...accept.output.matchAll(/Filter-Id = "([^"]*)"/g)].map(([, value]) => value)
  expect([...new Set(values)]).toEqual(['in Outer', 'in domain users'])
})

test('a controller that the domain’s DNS names is found by name and service, trusted by its name, and asked', async () => {
  const { domain } = server
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-dns-'))
  const resolver = join(folder, 'resolv.conf')
  await writeFile(resolver, `nameserver ${domain.address}\n`)
  const settings = { ...(await server.store.windowsDomain.settings()), tls: 'ldaps', controllers: [] }
  const script = `mount --make-rprivate / && mount --bind ${resolver} /etc/resolv.conf && exec "$0" "$@"`
  const running = promisify(execFile)('unshare', ['-m', 'sh', '-c', script, process.execPath, '--import', 'tsx', child])
  running.child.stdin?.end(JSON.stringify({ settings, username: 'john', passwords: [domainPassword, 'wrong'] }))
  const { stdout } = await running
  expect(JSON.parse(stdout)).toMatchObject({
    outcomes: [{ kind: 'ok', names: expect.arrayContaining(['john']) as unknown }, { kind: 'wrong-password' }],
    servers: ['ldaps://dc1.sallyport.test:636'],
  })
  await rm(folder, { recursive: true })
}, 60_000)
