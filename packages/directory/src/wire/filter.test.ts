/** Tests which texts are filters, what they are on the wire, and that a user's name can only ever be a value in them. */
import fc from 'fast-check'
import { BerReader, EqualityFilter, FilterParser, SubstringFilter } from 'ldapts'
import { expect, test } from 'vitest'

import { BerWriter } from './ber-writer.ts'
import { parseFilter, writeFilter } from './filter.ts'

const hex = (text: string) => text.replaceAll(' ', '')
const ascii = (text: string) => Buffer.from(text).toString('hex')

function encoded(text: string, username = '', options = {}): Buffer {
  const filter = parseFilter(text, options)
  if (filter === undefined) throw new Error(`“${text}” is no filter`)
  const writer = new BerWriter()
  writeFilter(writer, filter, username)
  return writer.finish()
}

/** What an independent reader makes of it. */
const readBack = (bytes: Buffer) => FilterParser.parse(new BerReader(bytes))

test.each([
  // RFC 4515 §4
  '(cn=Babs Jensen)',
  '(!(cn=Tim Howes))',
  '(&(objectClass=Person)(|(sn=Jensen)(cn=Babs J*)))',
  '(o=univ*of*mich*)',
  '(seeAlso=)',
  '(cn:caseExactMatch:=Fred Flintstone)',
  '(cn:=Betty Rubble)',
  '(sn:dn:2.4.6.8.10:=Barney Rubble)',
  '(o:dn:=Ace Industry)',
  '(:1.2.3:=Wilma Flintstone)',
  '(:DN:2.4.6.8.10:=Dino)',
  '(o=Parens R Us \\28for all your parenthetical needs\\29)',
  '(cn=*\\2A*)',
  '(sn=Lu\\c4\\8di\\c4\\87)',
  '(memberOf:1.2.840.113556.1.4.1941:=cn=vpn,dc=example)',
])('RFC 4515 §4: %s is a filter', (filter) => {
  expect(parseFilter(filter)).toBeDefined()
})

test.each([
  '',
  'uid=a',
  '(uid=a',
  '(uid=a))',
  '(&)',
  '(uid)',
  '(=a)',
  '(uid=a(b)',
  '(uid=\\zz)',
  '(!(a=b)(c=d))',
  '(uid=a) ',
  '(&(uid=a)',
  '(:=a)',
  '(:dn:=a)',
  '(cn:=a*)',
  '({username}=a)',
  '(cn:{username}:=a)',
  '(cn=a\0)',
])('“%s” is no filter', (filter) => {
  expect(parseFilter(filter)).toBeUndefined()
})

test('a filter that is nested without end is refused, not followed', () => {
  expect(parseFilter('(!'.repeat(50_000))).toBeUndefined()
})

// RFC 4511 §4.5.1.7, by hand.
test.each([
  ['(uid=a)', `a308 0403 ${ascii('uid')} 0401 61`],
  ['(seeAlso=)', `a30b 0407 ${ascii('seeAlso')} 0400`],
  ['(uid=*)', `8703 ${ascii('uid')}`],
  ['(uid>=a)', `a508 0403 ${ascii('uid')} 0401 61`],
  ['(uid<=a)', `a608 0403 ${ascii('uid')} 0401 61`],
  ['(uid~=a*)', `a809 0403 ${ascii('uid')} 0402 ${ascii('a*')}`],
  ['(o=univ*of*mich*)', `a415 0401 6f 3010 8004 ${ascii('univ')} 8102 ${ascii('of')} 8104 ${ascii('mich')}`],
  ['(cn=*\\2A*)', `a409 0402 ${ascii('cn')} 3003 8101 2a`],
  ['(cn=*a)', `a409 0402 ${ascii('cn')} 3003 8201 61`],
  ['(cn=a**b)', `a40c 0402 ${ascii('cn')} 3006 8001 61 8201 62`],
  ['(cn=**)', `8702 ${ascii('cn')}`],
  ['(!(uid=a))', `a20a a308 0403 ${ascii('uid')} 0401 61`],
  [
    '(&(uid=a)(|(uid=*)(uid=b)))',
    `a01b a308 0403 ${ascii('uid')} 0401 61 a10f 8703 ${ascii('uid')} a308 0403 ${ascii('uid')} 0401 62`,
  ],
  ['(sn=Lu\\c4\\8di\\C4\\87)', `a30d 0402 ${ascii('sn')} 0407 4c75 c48d 69 c487`],
  ['(sn=Lučić)', `a30d 0402 ${ascii('sn')} 0407 4c75 c48d 69 c487`],
  ['(cn:dn:2.4.6:=a)', `a911 8105 ${ascii('2.4.6')} 8202 ${ascii('cn')} 8301 61 8401 ff`],
  ['(:2.4.6:=a)', `a90a 8105 ${ascii('2.4.6')} 8301 61`],
  ['(cn:=a)', `a907 8202 ${ascii('cn')} 8301 61`],
])('RFC 4511 §4.5.1.7: %s on the wire', (text, expected) => {
  expect(encoded(text).toString('hex')).toBe(hex(expected))
})

test('RFC 4515 §3: any name becomes one value of an equality filter, and the same one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (name) => {
      const filter = readBack(encoded('(uid={username})', name))
      expect(filter).toBeInstanceOf(EqualityFilter)
      expect(filter).toMatchObject({ attribute: 'uid', value: name })
    }),
  )
})

test('any name becomes one part of a substring, beside what stands around it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (name) => {
      const filter = readBack(encoded('(cn=a{username}*{username}*-{username}b)', name))
      expect(filter).toBeInstanceOf(SubstringFilter)
      expect(filter).toMatchObject({ attribute: 'cn', initial: `a${name}`, any: [name], final: `-${name}b` })
    }),
  )
})

test('every place of the name is filled, and what the name holds is not filled again', () => {
  const name = '{username}*)(\\2a'
  expect(readBack(encoded('(|(uid={username})(!(mail=x{username}{username})))', name))).toMatchObject({
    filters: [{ value: name }, { filter: { value: `x${name}${name}` } }],
  })
  expect(encoded('(cn:caseExactMatch:={username})', name).includes(name)).toBe(true)
})

test('a name of more than 127 or 65,535 octets moves every length around it', () => {
  for (const length of [126, 127, 128, 255, 256, 65_535, 65_536, 200_000]) {
    const name = 'ä'.repeat(length)
    const filter = readBack(encoded('(&(objectClass=person)(|(uid={username})(mail={username}@b)))', name))
    expect(filter).toMatchObject({ filters: [{}, { filters: [{ value: name }, { value: `${name}@b` }] }] })
  }
})

test('“anybody” is whoever has a value where the name would be', () => {
  const anybody = (text: string) => encoded(text, '', { anybody: true })
  expect(anybody('(uid={username})')).toEqual(encoded('(uid=*)'))
  expect(anybody('(cn=*{username}*)')).toEqual(encoded('(cn=*)'))
  expect(anybody('(|(mail={username}@a)(cn:2.4:={username}))')).toEqual(encoded('(|(mail=*@a)(cn:2.4:=\\2a))'))
})
