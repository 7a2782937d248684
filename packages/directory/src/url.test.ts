/** Tests which server addresses are taken, and what is said of the others. */
import { expect, test } from 'vitest'

import { parseLdapUrl } from './url.ts'

test.each([
  ['ldap://dc1.example.com', 'ldap://dc1.example.com:389', 'dc1.example.com', 389, false],
  [' LDAPS://DC1.Example.com/ ', 'ldaps://dc1.example.com:636', 'dc1.example.com', 636, true],
  ['ldap://10.0.0.5:3389', 'ldap://10.0.0.5:3389', '10.0.0.5', 3389, false],
  ['ldaps://[2001:DB8::1]', 'ldaps://[2001:db8::1]:636', '2001:db8::1', 636, true],
  ['ldap://[::1]:389', 'ldap://[::1]:389', '::1', 389, false],
  ['ldap://dc_1', 'ldap://dc_1:389', 'dc_1', 389, false],
])('%s is %s', (text, url, host, port, secure) => {
  expect(parseLdapUrl(text)).toEqual({ url, host, port, secure })
})

test.each([
  ['', /Enter the server’s address/],
  ['ldap//host', /write ldap:\/\/ or ldaps:\/\/ before the host/],
  ['dc1.example.com', /write ldap:\/\//],
  ['dc1.example.com:389', /write ldap:\/\//],
  ['http://dc1.example.com', /does not start with ldap:/],
  ['ldap://', /write it like/],
  ['ldap://dc1:0', /Port 0 does not exist/],
  ['ldap://dc1:70000', /Port 70000 does not exist/],
  ['ldap://user:secret@dc1', /must not hold a user name or password/],
  ['ldap://dc1/dc=example,dc=com', /Only the host and port/],
  ['ldap://dc1?uid', /Only the host and port/],
  ['ldap://[1.2.3.4]', /not a host name or an IP address/],
  ['ldap://2001:db8::1', /write it like/],
  ['ldap://-dc1', /not a host name/],
  ['ldap://a..b', /not a host name/],
])('“%s” is refused with the fix', (text, message) => {
  const parsed = parseLdapUrl(text)
  expect('problem' in parsed ? parsed.problem : undefined).toMatch(message)
})

test.each(['ldap://user:secret@dc1', 'user:secret@dc1', 'ldap//user:secret@dc1', 'ldap://dc1:secret@x:99999'])(
  'a password that was typed into the address (%s) is not repeated',
  (text) => {
    expect(JSON.stringify(parseLdapUrl(text))).not.toContain('secret')
  },
)
