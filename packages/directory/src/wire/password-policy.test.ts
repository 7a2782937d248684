/** Tests what a server's password policy is understood to say, and that half a word of it is none. */
import { expect, test } from 'vitest'

import { MalformedBer } from './ber.ts'
import { decodePasswordPolicy } from './password-policy.ts'

const decode = (hex: string) => decodePasswordPolicy(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

// draft-behera-ldap-password-policy-10 §6.2
test.each([
  ['', {}],
  ['3000', {}],
  ['3003 810100', { policyError: 'password-expired' }],
  ['3003 810101', { policyError: 'account-locked' }],
  ['3003 810102', { policyError: 'change-after-reset' }],
  ['3003 810108', { policyError: 'other' }],
  ['3005 a003 80013c', { secondsUntilExpiry: 60 }],
  ['3006 a004 80020e10', { secondsUntilExpiry: 3_600 }],
  ['3005 a003 810102', { graceSignInsLeft: 2 }],
  ['3008 a003 810100 810101', { graceSignInsLeft: 0, policyError: 'account-locked' }],
])('%s is %j', (hex, policy) => {
  expect(decode(hex)).toEqual(policy)
})

test.each([
  '3003 8101',
  '3002 8100',
  '3003 810100 00',
  '3004 810100 00',
  '3006 810100 810101',
  '3005 a003 820101',
  '0400',
])('%s is refused', (hex) => {
  expect(() => decode(hex)).toThrow(MalformedBer)
})
