import { packetCodes, type Drop, type IncomingRequest } from '@sallyport/radius'
import type { EngineClient } from '@sallyport/store/engine'
import { describe, expect, test } from 'vitest'

import { ClientTraffic } from './client-traffic.ts'

let now = 0
const client = { id: 'c' } as EngineClient
const source = { address: '192.0.2.1', port: 1024, family: 'IPv4' as const }

function packet(identifier: number, proxyState = false) {
  const attributes = proxyState ? [{ type: 33, value: Buffer.from('p') }] : []
  return {
    code: packetCodes.accessRequest,
    identifier,
    authenticator: new Uint8Array(16),
    attributes,
    bytes: new Uint8Array(20),
  }
}

function request(
  identifier: number,
  messageAuthenticator: 'valid' | 'absent',
  proxyState = false,
): IncomingRequest<EngineClient> {
  const shown = { packet: packet(identifier, proxyState), source, client, messageAuthenticator }
  return shown as unknown as IncomingRequest<EngineClient>
}

const drop = (reason: Drop<EngineClient>['reason'], identifier = 1): Drop<EngineClient> => ({
  ...{ reason, source, localPort: 1812, packet: packet(identifier), client },
})

describe('what a client sends', () => {
  test('is counted, and how many of the newest requests were signed without a gap', () => {
    const traffic = new ClientTraffic(() => now)
    for (let identifier = 0; identifier < 3; identifier += 1) traffic.request(request(identifier, 'valid'))
    traffic.request(request(4, 'absent', true))
    traffic.request(request(5, 'valid', true))
    traffic.request(request(6, 'valid'))
    expect(traffic.status).toMatchObject([
      { clientId: 'c', requests: 6, signed: 5, signedInARow: 2, protectedInARow: 2, repeated: 0, drops: {} },
    ])
  })

  test('that met silence for want of a signature ends the row', () => {
    const traffic = new ClientTraffic(() => now)
    traffic.request(request(0, 'valid'))
    traffic.dropped(drop('message-authenticator-missing'))
    traffic.dropped(drop('message-authenticator-invalid'))
    expect(traffic.status[0]).toMatchObject({
      signedInARow: 0,
      protectedInARow: 1,
      drops: { 'message-authenticator-missing': 1, 'message-authenticator-invalid': 1 },
    })
  })

  test('again is told apart, with the usual time in between', () => {
    const traffic = new ClientTraffic(() => now)
    for (const identifier of [1, 2, 3]) {
      traffic.request(request(identifier, 'valid'))
      now += identifier === 3 ? 9_000 : 4_000
      traffic.dropped(drop('duplicate-in-flight', identifier))
    }
    now += 4_000
    traffic.repeated({ packet: packet(3), source, client })
    expect(traffic.status[0]).toMatchObject({ requests: 3, repeated: 4, usualIntervalMs: 4_000, drops: {} })
  })

  test('is kept in bounded memory, and only of clients that are served', () => {
    const traffic = new ClientTraffic(() => now)
    for (let number = 0; number < 5_000; number += 1) {
      traffic.request({ ...request(number % 256, 'valid'), source: { ...source, port: number } })
    }
    traffic.repeated({ packet: packet(0), source: { ...source, port: 0 }, client })
    expect(traffic.status[0]).toMatchObject({ requests: 5_000, repeated: 1, usualIntervalMs: null })
    traffic.keepOnly(new Set())
    expect(traffic.status).toEqual([])
  })
})
