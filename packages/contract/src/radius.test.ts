import { describe, expect, test } from 'vitest'
import { clientAddress } from './radius.ts'

describe('the address of a RADIUS client', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    [' 192.0.2.7 ', '192.0.2.7'],
    ['192.0.2.77/24', '192.0.2.0/24'],
    ['192.0.2.77/30', '192.0.2.76/30'],
    ['192.0.2.7/32', '192.0.2.7'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['2001:DB8::1', '2001:db8::1'],
    ['2001:db8:ffff::1/33', '2001:db8:8000::/33'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7/120', '192.0.2.0/24'],
  ])('%s is kept as %s', (typed, kept) => {
    expect(clientAddress.parse(typed)).toBe(kept)
  })

  test.each([
    '192.0.2',
    '192.0.2.256',
    '0300.1.1.1',
    '1',
    '192.0.2.7/33',
    '192.0.2.7/',
    '192.0.2.7/24/24',
    'fe80::1%eth0',
    '::ffff:192.0.2.7/90',
    'vpn.example.com',
  ])('“%s” is refused with a sentence that shows the form', (typed) => {
    const result = clientAddress.safeParse(typed)
    expect(result.success).toBe(false)
    expect(result.error?.issues[0]?.message).toMatch(/address/)
  })
})
