import type { lookup } from 'node:dns'
import { describe, expect, test } from 'vitest'
import { createPublicLookup, endpointProblem, isPublic } from './public-address.ts'

describe('an endpoint', () => {
  test.each([
    ['http://push.example.net/a', 'not-https'],
    ['https://user:secret@push.example.net/a', 'credentials'],
    ['https://10.1.2.3/a', 'not-public'],
    ['https://169.254.169.254/latest/meta-data', 'not-public'],
    ['https://[::1]/a', 'not-public'],
    ['https://[::ffff:10.0.0.1]/a', 'not-public'],
    ['https://[fd00::1]/a', 'not-public'],
    ['https://2130706433/a', 'not-public'],
    ['https://0x7f.1/a', 'not-public'],
    ['file:///etc/passwd', 'not-https'],
    ['push.example.net', 'not-a-url'],
  ])('%s is refused: %s', (endpoint, problem) => {
    expect(endpointProblem(endpoint, false)).toBe(problem)
  })

  test('of a push service is taken, and loopback where tests allow it', () => {
    expect(endpointProblem('https://updates.push.services.mozilla.com/wpush/v2/abc', false)).toBeUndefined()
    expect(endpointProblem('https://127.0.0.1:4433/a', true)).toBeUndefined()
    expect(endpointProblem('https://10.1.2.3/a', true)).toBe('not-public')
  })
})

test.each([
  '0.0.0.0',
  '100.64.0.1',
  '192.168.1.1',
  '224.0.0.1',
  '255.255.255.255',
  '192.0.2.1',
  'fe80::1',
  '64:ff9b::a00:1',
  '2002:a00:1::',
])('%s is not public', (address) => expect(isPublic(address, false)).toBe(false))

describe('looking a name up', () => {
  const answering = (...addresses: string[]) =>
    ((_name: string, _options: unknown, callback: (error: null, found: object[]) => void) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      )) as unknown as typeof lookup
  const ask = (...addresses: string[]) =>
    new Promise((resolve) => {
      createPublicLookup(false, answering(...addresses))('push.example.net', {}, (error, address) =>
        resolve(error?.code ?? address),
      )
    })

  test('answers the address that will be connected to', async () => {
    expect(await ask('8.8.8.8')).toBe('8.8.8.8')
  })

  test('refuses a name that leads inside, also where one of several addresses does', async () => {
    expect(await ask('127.0.0.1')).toBe('ENOTPUBLIC')
    expect(await ask('8.8.8.8', '10.0.0.1')).toBe('ENOTPUBLIC')
    expect(await ask()).toBe('ENOTPUBLIC')
  })
})
