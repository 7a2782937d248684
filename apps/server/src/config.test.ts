import { describe, expect, test } from 'vitest'
import { parseConfig } from './config.ts'

describe.each(['CONSOLE', 'PORTAL'])('the listener of the %s', (app) => {
  const proxy = app === 'CONSOLE' ? 'SALLYPORT_BEHIND_TLS_PROXY' : 'SALLYPORT_PORTAL_BEHIND_TLS_PROXY'
  const url = { SALLYPORT_PORTAL_URL: 'https://mfa.example.com' }

  test('does not leave loopback without TLS', () => {
    const given = { ...url, [`SALLYPORT_${app}_ADDRESS`]: '0.0.0.0' }
    expect(() => parseConfig(given)).toThrow(`SALLYPORT_${app}_ADDRESS may leave loopback only with TLS`)
    expect(() => parseConfig({ ...given, [proxy]: '1' })).not.toThrow()
  })

  test('takes certificate and key together', () => {
    expect(() => parseConfig({ [`SALLYPORT_${app}_TLS_KEY`]: 'key.pem' })).toThrow(
      `SALLYPORT_${app}_TLS_CERTIFICATE is needed too`,
    )
  })
})

describe('where people find the portal', () => {
  test('has to be said once the portal leaves loopback or stands behind a proxy', () => {
    expect(() => parseConfig({ SALLYPORT_PORTAL_BEHIND_TLS_PROXY: '1' })).toThrow('SALLYPORT_PORTAL_URL is needed')
  })

  test('is an origin: no path, no password, no other scheme', () => {
    for (const url of [
      'https://mfa.example.com/portal',
      'https://a:b@mfa.example.com',
      'ftp://mfa.example.com',
      'mfa',
    ]) {
      expect(() => parseConfig({ SALLYPORT_PORTAL_URL: url })).toThrow('SALLYPORT_PORTAL_URL')
    }
    expect(parseConfig({ SALLYPORT_PORTAL_URL: 'https://mfa.example.com/' }).portal.publicUrl).toBe(
      'https://mfa.example.com',
    )
  })
})

test('pushes to this machine are for tests: refused wherever phones reach the portal, so that nobody serves people with it', () => {
  const given = { SALLYPORT_PUSH_TO_LOOPBACK: '1' }
  expect(parseConfig({}).pushToLoopback).toBe(false)
  expect(parseConfig(given).pushToLoopback).toBe(true)
  const url = { SALLYPORT_PORTAL_URL: 'https://mfa.example.com' }
  const tls = { SALLYPORT_PORTAL_TLS_CERTIFICATE: 'cert.pem', SALLYPORT_PORTAL_TLS_KEY: 'key.pem' }
  for (const reached of [
    url,
    { ...url, SALLYPORT_PORTAL_BEHIND_TLS_PROXY: '1' },
    { ...url, ...tls, SALLYPORT_PORTAL_ADDRESS: '0.0.0.0' },
  ]) {
    expect(() => parseConfig(reached)).not.toThrow()
    expect(() => parseConfig({ ...given, ...reached })).toThrow('SALLYPORT_PUSH_TO_LOOPBACK is for tests')
  }
})
