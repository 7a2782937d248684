import {
  attribute,
  createSharedSecret,
  createUdpServer,
  packetCodes,
  readAttribute,
  readUserPassword,
  type UdpServer,
} from '@sallyport/radius'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { createVpnDevice, type VpnDevice } from './vpn-device.ts'

const sharedSecret = 'a secret of the tests'
const state = Buffer.from('remember-me')
const wire: string[] = []
let server: UdpServer
let device: VpnDevice
let port: number

/** Asks for a code after the password “open”, and takes 123456. */
beforeEach(async () => {
  const secret = createSharedSecret(sharedSecret)
  server = createUdpServer({
    clientFor: () => ({ client: 'vpn', secret, messageAuthenticator: 'require', dropProxyStateWithout: true }),
    onRequest(request) {
      const typed = Buffer.from(readUserPassword(request.packet, secret) ?? []).toString()
      const returned = readAttribute(request.packet, 'State')
      if (returned && state.equals(returned) && typed === '123456') {
        request.respond({ code: packetCodes.accessAccept, attributes: [] })
      } else if (!returned && typed === 'open') {
        const attributes = [attribute('Reply-Message', 'Code?'), attribute('State', state)]
        request.respond({ code: packetCodes.accessChallenge, attributes })
      } else request.respond({ code: packetCodes.accessReject, attributes: [] })
    },
  })
  ;({ port } = await server.listen({ address: '127.0.0.1', port: 0, kind: 'authentication' }))
  device = createDevice(sharedSecret)
  wire.length = 0
})
afterEach(async () => {
  await device.close()
  await server.close()
})

function createDevice(secret: string): VpnDevice {
  const write = (arrow: string) => (code: string, fields: readonly { name: string; value: string }[]) => {
    wire.push(`${arrow} ${code}`, ...fields.map(({ name, value }) => `${name}=${value}`))
  }
  return createVpnDevice({
    port,
    sharedSecret: secret,
    timeoutMs: 100,
    observer: { sent: write('→'), received: write('←') },
  })
}

test('a challenge is answered with what the person types and the server’s State, and every packet is shown', async () => {
  const answer = vi.fn(() => Promise.resolve('123456'))
  expect(await device.signIn('amber', 'open', answer)).toEqual({ kind: 'accepted' })
  expect(answer).toHaveBeenCalledExactlyOnceWith('Code?')
  expect(wire.filter((line) => /^[→←]/.test(line))).toEqual([
    '→ Access-Request',
    '← Access-Challenge',
    '→ Access-Request',
    '← Access-Accept',
  ])
  expect(wire).toContain('User-Name=amber')
  expect(wire.filter((line) => line === 'State=remember-me')).toHaveLength(2)
})

test('neither password nor code is shown', async () => {
  await device.signIn('amber', 'open', () => Promise.resolve('123456'))
  expect(wire.filter((line) => line === 'User-Password=••••')).toHaveLength(2)
  expect(wire.join()).not.toMatch(/open|123456/)
})

test('a wrong password is refused, and a challenge without an answer given up', async () => {
  expect(await device.signIn('amber', 'wrong', () => Promise.resolve(undefined))).toEqual({ kind: 'rejected' })
  expect(await device.signIn('amber', 'open', () => Promise.resolve(undefined))).toEqual({ kind: 'given-up' })
})

test('a server that does not know the secret gives no answer', async () => {
  const stranger = createDevice('another secret')
  expect(await stranger.signIn('amber', 'open', () => Promise.resolve(undefined))).toMatchObject({ kind: 'no-answer' })
  await stranger.close()
})

test('what RADIUS cannot carry is said before anything is sent', async () => {
  const tooLong = device.signIn('amber', 'x'.repeat(129), () => Promise.resolve(undefined))
  await expect(tooLong).rejects.toBeInstanceOf(RangeError)
  expect(wire).toEqual([])
})
