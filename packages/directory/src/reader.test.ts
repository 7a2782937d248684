import { startSlapd, type RunningSlapd } from '@sallyport/tooling/servers'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { configurationFor, scripted } from '../test/configuration.ts'
import { result, startScriptedServer } from '../test/scripted-server.ts'
import { membersOf } from './members.ts'
import { openDirectoryReader, valuesOf, type DirectoryEntry, type DirectoryReader } from './reader.ts'

const groups = 'ou=groups,dc=sallyport,dc=test'
const group = (name: string, ...members: string[]) =>
  [
    `dn: cn=${name},${groups}`,
    'objectClass: groupOfNames',
    `cn: ${name}`,
    ...members.map((dn) => `member: ${dn}`),
  ].join('\n')
const person = (uid: string) => `uid=${uid},ou=people,dc=sallyport,dc=test`
const named = (name: string) => `cn=${name},${groups}`
const ldif = [
  group('inner', person('u3'), named('outer'), person('gone')),
  group('outer', person('u1'), named('inner'), person('u2')),
].join('\n\n')

let slapd: RunningSlapd
let reader: DirectoryReader
beforeAll(async () => {
  const users = Array.from({ length: 25 }, (_, at) => ({ uid: `u${at + 1}`, password: 'pw' }))
  slapd = await startSlapd({ users, ldif })
  reader = await openDirectoryReader(configurationFor([slapd]))
})
afterAll(async () => {
  reader.close()
  await slapd.remove()
})

const people = (changes: object = {}) => ({
  baseDn: 'ou=people,dc=sallyport,dc=test',
  scope: 'sub' as const,
  filter: '(objectClass=inetOrgPerson)',
  attributes: ['uid', 'entryUUID'],
  ...changes,
})

async function all(pages: AsyncIterable<readonly DirectoryEntry[]>): Promise<DirectoryEntry[]> {
  const entries: DirectoryEntry[] = []
  for await (const page of pages) entries.push(...page)
  return entries
}

test('says what the directory is', () => {
  expect(reader.facts).toEqual({ kind: 'other', namingContexts: ['dc=sallyport,dc=test'], changes: undefined })
  expect(reader.server).toBe(slapd.url)
})

test('RFC 2696: brings all entries, in pages of the size that is asked for', async () => {
  const sizes: number[] = []
  const uids = new Set<string>()
  for await (const page of reader.pages(people({ pageSize: 10 }))) {
    sizes.push(page.length)
    for (const entry of page) for (const uid of valuesOf(entry, 'UID')) uids.add(uid)
  }
  expect(sizes).toEqual([10, 10, 5])
  expect(uids.size).toBe(25)
})

test('names a single entry that is there, and nothing where there is none or the filter leaves it out', async () => {
  expect(await reader.entry(person('u7'), '(objectClass=*)', ['uid'])).toMatchObject({ attributes: { uid: ['u7'] } })
  expect(await reader.entry(person('nobody'), '(objectClass=*)', ['uid'])).toBeUndefined()
  expect(await reader.entry(person('u7'), '(uid=u8)', ['uid'])).toBeUndefined()
})

test('follows groups in groups, each once, and passes over members that are not there', async () => {
  const query = {
    groupDn: named('outer'),
    personFilter: '(objectClass=inetOrgPerson)',
    groupFilter: '(objectClass=groupOfNames)',
    attributes: ['uid'],
  }
  const found = await all(membersOf(reader, query))
  expect(found.map((entry) => valuesOf(entry, 'uid')[0]).sort()).toEqual(['u1', 'u2', 'u3'])
  const nobody = all(membersOf(reader, { ...query, groupDn: named('nobody') }))
  await expect(nobody).rejects.toThrow('does not exist')
})

test('a server that gives only a part of the entries fails, and is not taken at its word', async () => {
  const limited = await startSlapd({
    users: Array.from({ length: 25 }, (_, at) => ({ uid: `u${at + 1}`, password: 'pw' })),
    databaseLines: ['limits dn.exact="uid=service,dc=sallyport,dc=test" size.prtotal=12'],
  })
  const part = await openDirectoryReader(configurationFor([limited]))
  await expect(all(part.pages(people({ pageSize: 10 })))).rejects.toThrow('a part of the entries')
  part.close()
  await limited.remove()
})

test('a server that goes in the middle fails what is under way', async () => {
  const second = await startSlapd({
    users: Array.from({ length: 25 }, (_, at) => ({ uid: `u${at + 1}`, password: 'pw' })),
  })
  const cut = await openDirectoryReader(configurationFor([second]))
  const pages = cut.pages(people({ pageSize: 5 }))
  await pages.next()
  await second.stop('SIGKILL')
  await expect(all(pages)).rejects.toMatchObject({ code: 'server-down' })
  cut.close()
  await second.remove()
})

test('goes on to the next server where one does not answer, and can be called off', async () => {
  const { servers, ...rest } = configurationFor([slapd])
  const two = { ...rest, servers: [{ url: 'ldap://127.0.0.1:9' }, ...servers] }
  const found = await openDirectoryReader(two)
  expect(found.server).toBe(slapd.url)
  found.close()
  const control = new AbortController()
  const ended = await openDirectoryReader(two, control.signal)
  control.abort()
  await expect(ended.entry(person('u1'), '(objectClass=*)', ['uid'])).rejects.toThrow()
})

test('a server that knows no pages says so', async () => {
  const server = await startScriptedServer(({ messageId, tag, base }) => {
    if (tag === 0x60) return result(messageId, 0x61, 0)
    return result(messageId, 0x65, base === '' ? 0 : 12)
  })
  const plain = await openDirectoryReader(configurationFor([scripted(server.url)]))
  await expect(all(plain.pages(people()))).rejects.toThrow('in pages')
  plain.close()
  await server.close()
})
