import { expect, test } from 'vitest'
import { isPortalReachable } from './portal-reachable.ts'

test('an address of this machine alone is none that people can reach', () => {
  for (const url of [
    '',
    'http://127.0.0.1:8444',
    'https://localhost',
    'http://[::1]:8',
    'http://[::]:8',
    'http://0.0.0.0',
  ]) {
    expect(isPortalReachable(url), url).toBe(false)
  }
  for (const url of ['https://mfa.example.com', 'https://192.0.2.7:8444', 'https://[2001:db8::1]']) {
    expect(isPortalReachable(url), url).toBe(true)
  }
})
