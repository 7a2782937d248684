/** Tests that our requests are, octet for octet, those of OpenLDAP's own tools. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { result, startScriptedServer, type ScriptedServer } from '../../test/scripted-server.ts'
import { encodeBind, encodeSearch, encodeUnbind, prepareSearch } from './encode.ts'
import { parseFilter } from './filter.ts'

let server: ScriptedServer

beforeAll(async () => {
  server = await startScriptedServer(({ messageId, tag }) => result(messageId, tag === 0x60 ? 0x61 : 0x65, 0))
})

afterAll(async () => {
  await server.close()
})

/** What a tool sends: its bind, and its search where it has one. */
async function sentBy(tool: string, args: readonly string[]): Promise<(string | undefined)[]> {
  const before = server.requests.length
  await promisify(execFile)(tool, ['-x', '-H', server.url, ...args])
  return server.requests.slice(before).map(({ bytes }) => bytes.toString('hex'))
}

const hex = (bytes: Buffer) => bytes.toString('hex')

test('RFC 4511 §4.2: a bind without a name, by hand', () => {
  const policyControl = 'a01d301b0419312e332e362e312e342e312e34322e322e32372e382e352e31'
  expect(hex(encodeBind(2, '', ''))).toBe(`302b 020102 6007 020103 0400 8000 ${policyControl}`.replaceAll(' ', ''))
})

test('RFC 4511 §4.3: an unbind, by hand', () => {
  expect(hex(encodeUnbind(3))).toBe('30050201034200')
  expect(hex(encodeUnbind(0x7fff_ffff))).toBe('300802047fffffff4200')
})

test.each([
  ['cn=Lučić,dc=sallyport,dc=test', 'pässwörd ✓'],
  ['cn=a', 'x'.repeat(128)],
  [`cn=${'é'.repeat(40_000)},dc=test`, 'secret'],
])('a bind with the password policy control, as OpenLDAP’s', async (dn, password) => {
  const [bind] = await sentBy('ldapsearch', ['-D', dn, '-w', password, '-e', 'ppolicy', '-b', '', '(a=b)'])
  expect(hex(encodeBind(1, dn, password))).toBe(bind)
})

test.each([
  '(uid=alice)',
  '(&(objectClass=person)(|(uid=alice)(mail=alice@*)))',
  '(!(cn=*a*b*c*))',
  '(cn=Lučić)',
  '(cn=\\2a\\28\\29\\5c\\00)',
  '(createTimestamp>=20200101000000Z)',
  '(createTimestamp<=20200101000000Z)',
  '(sn~=Lucic)',
  '(uid=*)',
  '(memberOf:1.2.840.113556.1.4.1941:=cn=vpn,dc=example)',
  '(ou:dn:=people)',
  '(:dn:caseExactMatch:=people)',
])('the search %s, as OpenLDAP’s', async (text) => {
  const base = 'ou=Straße,dc=sallyport,dc=test'
  const filter = parseFilter(text) ?? Buffer.alloc(0)
  const options = { baseDn: base, filter, attributes: ['uid', 'mail'], sizeLimit: 300 }
  for (const scope of ['sub', 'base'] as const) {
    const [, search] = await sentBy('ldapsearch', [
      '-s',
      scope,
      '-z',
      '300',
      '-l',
      '10',
      '-b',
      base,
      text,
      'uid',
      'mail',
    ])
    expect(hex(encodeSearch(2, prepareSearch({ ...options, scope }), 'nobody'))).toBe(search)
  }
})

test('a search of more than 65,535 octets, as OpenLDAP’s', async () => {
  const filter = parseFilter('(cn={username})') ?? Buffer.alloc(0)
  const name = 'ä'.repeat(40_000)
  const search = prepareSearch({ baseDn: 'dc=test', scope: 'sub', filter, attributes: ['1.1'], sizeLimit: 8 })
  const [, sent] = await sentBy('ldapsearch', ['-z', '8', '-l', '10', '-b', 'dc=test', `(cn=${name})`, '1.1'])
  expect(hex(encodeSearch(2, search, name))).toBe(sent)
})

test('a name stands in a search as a typed value does, escaped for the tool and as it is for us', async () => {
  const filter = parseFilter('(|(cn={username})(mail={username}@*))') ?? Buffer.alloc(0)
  const search = prepareSearch({ baseDn: 'dc=test', scope: 'sub', filter, attributes: ['1.1'], sizeLimit: 8 })
  const escaped = 'o,d\\2ad \\28na\\29me\\5c#"+<>;=é'
  const text = `(|(cn=${escaped})(mail=${escaped}@*))`
  const [, sent] = await sentBy('ldapsearch', ['-z', '8', '-l', '10', '-b', 'dc=test', text, '1.1'])
  expect(hex(encodeSearch(2, search, 'o,d*d (na)me\\#"+<>;=é'))).toBe(sent)
})
