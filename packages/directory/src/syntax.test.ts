/** Tests the grammar of DNs with the RFC's own examples and with typing errors. */
import { expect, test } from 'vitest'

import { isDn } from './syntax.ts'

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
