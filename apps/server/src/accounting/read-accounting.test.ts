import {
  attribute,
  encodeRequest,
  decodePacket,
  createSharedSecret,
  packetCodes,
  type Attribute,
} from '@sallyport/radius'
import type { EngineClient } from '@sallyport/store/engine'
import { describe, expect, test } from 'vitest'

import { readAccounting } from './read-accounting.ts'

const nowMs = Date.UTC(2026, 0, 5, 12)
const client = { id: 'client-1', address: '192.0.2.1', applicationName: 'VPN' } as EngineClient

function read(...attributes: readonly Attribute[]) {
  const secret = createSharedSecret('a shared secret of a test')
  const octets = { code: packetCodes.accountingRequest, identifier: 1, authenticator: Buffer.alloc(16), secret }
  const decoded = decodePacket(encodeRequest({ ...octets, attributes }))
  if (!decoded.ok) throw new Error(decoded.failure)
  return readAccounting({ packet: decoded.packet, client, sourceAddress: '192.0.2.1', nowMs, id: 'row-1' })
}

const started = [attribute('Acct-Status-Type', 'Start'), attribute('Acct-Session-Id', 'S1')]

/** The record of a Start with these attributes. */
function record(...attributes: readonly Attribute[]) {
  const message = read(...started, ...attributes)
  if (message.kind !== 'session') throw new Error(`not a session: ${message.kind}`)
  return message.record
}

describe('an Accounting-Request is read', () => {
  test('with all that a VPN device says of a session', () => {
    const message = read(
      attribute('Acct-Status-Type', 'Stop'),
      attribute('Acct-Session-Id', '0000A1'),
      attribute('Acct-Multi-Session-Id', 'M1'),
      attribute('User-Name', 'CORP\\alice'),
      attribute('NAS-Identifier', 'fw1'),
      attribute('NAS-IP-Address', '192.0.2.9'),
      attribute('NAS-Port', 7),
      attribute('Framed-IP-Address', '10.8.0.7'),
      attribute('Framed-IPv6-Address', '2001:db8::7'),
      attribute('Calling-Station-Id', '198.51.100.7'),
      attribute('Called-Station-Id', 'vpn.example'),
      attribute('Acct-Session-Time', 60),
      attribute('Acct-Input-Octets', 5),
      attribute('Acct-Input-Gigawords', 2),
      attribute('Acct-Output-Octets', 0xffffffff),
      attribute('Acct-Input-Packets', 3),
      attribute('Acct-Terminate-Cause', 'Idle-Timeout'),
      attribute('Class', Buffer.from('ab')),
    )
    expect(message).toEqual({
      kind: 'session',
      record: {
        ...{ id: 'row-1', status: 'stop', atMs: nowMs, heardAtMs: nowMs, clientId: 'client-1', clientName: 'VPN' },
        ...{ nasIdentifier: 'fw1', nasAddress: '192.0.2.9', deviceAddress: '192.0.2.1', nasPort: '7' },
        ...{ sessionId: '0000A1', multiSessionId: 'M1', username: 'CORP\\alice', seconds: 60 },
        ...{ assignedIpv4: '10.8.0.7', assignedIpv6: '2001:db8::7' },
        ...{ callingStation: '198.51.100.7', calledStation: 'vpn.example' },
        ...{ inputOctets: 2 * 2 ** 32 + 5, outputOctets: 0xffffffff, inputPackets: 3, outputPackets: null },
        ...{ cause: 'idle-timeout', interimSeconds: null, class: '6162' },
      },
    })
  })

  test.each([
    ['Acct-Delay-Time ago (RFC 2866 §5.2)', [attribute('Acct-Delay-Time', 30)], nowMs - 30_000],
    ['by its own clock where that is right', [attribute('Event-Timestamp', nowMs / 1000 - 20)], nowMs - 20_000],
    ['by ours where its clock is hours off', [attribute('Event-Timestamp', nowMs / 1000 - 7200)], nowMs],
    ['never in the future', [attribute('Event-Timestamp', nowMs / 1000 + 60)], nowMs],
    ['now where the delay cannot be true', [attribute('Acct-Delay-Time', 0xffffffff)], nowMs],
  ])('as having happened %s', (_what, attributes, atMs) => {
    expect(record(...attributes).atMs).toBe(atMs)
  })

  test.each(['Accounting-On', 'Accounting-Off'] as const)('as a restart of the device: %s', (status) => {
    expect(read(attribute('Acct-Status-Type', status), attribute('NAS-Identifier', 'fw1'))).toEqual({
      kind: 'restart',
      restart: {
        clientId: 'client-1',
        nasIdentifier: 'fw1',
        nasAddress: null,
        deviceAddress: '192.0.2.1',
        atMs: nowMs,
      },
    })
  })

  test('without what is no address yet, and with what is no text in hexadecimal', () => {
    const odd = record(
      attribute('Framed-IP-Address', '0.0.0.0'),
      attribute('Framed-IPv6-Prefix', '2001:db8:1::/64'),
      { type: 1, value: Uint8Array.of(0xff, 0x41) },
      { type: 31, value: Uint8Array.of(0x41, 0x0a) },
      { type: 30, value: Uint8Array.of(0x41, 0) },
    )
    expect(odd).toMatchObject({ assignedIpv4: null, assignedIpv6: '2001:db8:1::/64' })
    expect(odd).toMatchObject({ username: '0xff41', callingStation: '0x410a', calledStation: 'A' })
  })

  test('with counters that a number can hold', () => {
    const { inputOctets } = record(attribute('Acct-Input-Gigawords', 0xffffffff))
    expect(inputOctets).toBe(Number.MAX_SAFE_INTEGER)
  })

  test.each([
    ['accounting-without-status', [attribute('Acct-Session-Id', 'S1')]],
    ['accounting-without-status', [{ type: 40, value: Uint8Array.of(1) }]],
    ['accounting-without-session', [attribute('Acct-Status-Type', 'Start')]],
    ['accounting-without-session', [attribute('Acct-Status-Type', 'Stop'), { type: 44, value: Uint8Array.of(0) }]],
  ])('not: %s', (failure, attributes) => {
    expect(read(...attributes)).toEqual({ kind: 'failed', failure })
  })
})
