/** Tests the grammars of filters and DNs with the RFCs' own examples and with typing errors. */
import { expect, test } from 'vitest'

import { isDn, isFilter } from './syntax.ts'

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
  expect(isFilter(filter)).toBe(true)
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
])('“%s” is no filter', (filter) => {
  expect(isFilter(filter)).toBe(false)
})

test('a filter that is nested without end is refused, not followed', () => {
  expect(isFilter('(!'.repeat(50_000))).toBe(false)
})

test.each([
  // RFC 4514 §4
  'UID=jsmith,DC=example,DC=net',
  'OU=Sales+CN=J.  Smith,DC=example,DC=net',
  'CN=James \\"Jim\\" Smith\\, III,DC=example,DC=net',
  'CN=Before\\0dAfter,DC=example,DC=net',
  '1.3.6.1.4.1.1466.0=#04024869',
  'CN=Lu\\C4\\8Di\\C4\\87',
])('RFC 4514 §4: %s is a DN', (dn) => {
  expect(isDn(dn)).toBe(true)
})

test.each(['', 'example.com', 'dc=', 'dc=a,,dc=b', 'dc=a,', 'dc=a\\', '=a', 'dc="a"', 'cn=a<b'])(
  '“%s” is no DN',
  (dn) => {
    expect(isDn(dn)).toBe(false)
  },
)
