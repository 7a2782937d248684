import type { LogItem } from '@sallyport/store/log-forwarding'
import { describe, expect, it } from 'vitest'

import { factsOf, testFacts } from '../facts.ts'
import { cefOf } from './cef.ts'
import { jsonOf } from './json.ts'
import { syslogOf, type SyslogOptions } from './syslog.ts'

const at = Date.parse('2026-11-23T10:00:00.123Z')
const signIn = (fields: Record<string, unknown> = {}): LogItem => ({
  kind: 'sign-in',
  sequence: 7,
  body: {
    ...{ id: 'id-1', atMs: at - 5000, roundAtMs: at, username: 'alice', userId: 'u-1', userName: 'Alice' },
    ...{ clientId: 'c-1', clientName: 'VPN', clientAddress: '192.0.2.10', callingStation: '198.51.100.7' },
    ...{ method: 'pap', factor: 'oath', result: 'accepted', reason: 'password-and-code', durationMs: 12.5, count: 1 },
    ...fields,
  },
})
const options: SyslogOptions = {
  ...{ format: 'structured-data', facility: 'authpriv', hostname: 'mfa1', version: '1.0.0', maximumBytes: 8000 },
}
const syslog = (item: LogItem, changes: Partial<SyslogOptions> = {}) =>
  syslogOf(factsOf(item), { ...options, ...changes }).toString()

describe('a syslog message', () => {
  it('has the header of RFC 5424 §6, its facts as structured data and a sentence', () => {
    expect(syslog(signIn())).toBe(
      '<86>1 2026-11-23T10:00:00.123Z mfa1 sallyport - sign-in [sallyport@32473 id="id-1" result="accepted"' +
        ' reason="password-and-code" username="alice" user="Alice" userId="u-1" client="VPN" clientId="c-1"' +
        ' clientAddress="192.0.2.10" callingStation="198.51.100.7" method="pap" factor="oath" durationMs="12.5"' +
        ' count="1" sequence="7"] Sign-in of alice at VPN: accepted, password-and-code.',
    )
  })

  it('says how grave it is: a refusal is notable, silence and fraud are warnings', () => {
    const severity = (fields: Record<string, unknown>) => Number(/^<(\d+)>/.exec(syslog(signIn(fields)))?.[1]) - 80
    expect(severity({})).toBe(6)
    expect(severity({ result: 'rejected', reason: 'wrong-code' })).toBe(5)
    expect(severity({ result: 'unanswered', reason: 'target-down' })).toBe(4)
    expect(severity({ result: 'rejected', reason: 'fraud-reported' })).toBe(4)
  })

  it('lets no name end a value or begin a line of its own (RFC 5424 §6.3.3)', () => {
    const text = syslog(signIn({ username: 'a"]\\\n<86>1 - forged\u2028\u202e\u0000\r', clientName: 'x\ud800y' }))
    expect(text).toContain('username="a\\"\\]\\\\ <86>1 - forged    "')
    expect(text).toContain('client="x\ufffdy"')
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
  })

  it('is no longer than its transport carries, and whole all the same', () => {
    const long = signIn({ username: '😀'.repeat(3000), callingStation: '"'.repeat(3000) })
    for (const format of ['structured-data', 'json', 'cef'] as const) {
      const message = syslogOf(factsOf(long), { ...options, format, maximumBytes: 1200 })
      expect(message.length).toBeLessThanOrEqual(1200)
      expect(message.toString()).not.toContain('\ufffd')
      if (format === 'json') expect(JSON.parse(message.toString().split(' - ')[2] ?? '')).toMatchObject({ id: 'id-1' })
    }
  })

  it('says "-" where the host has no name that may stand there', () => {
    expect(syslog(signIn(), { hostname: 'größe\nx' })).toContain('Z grex sallyport')
    expect(syslog(signIn(), { hostname: 'ß' })).toContain('Z - sallyport')
  })
})

describe('an event in CEF', () => {
  it('has its header, known keys and named custom strings', () => {
    expect(cefOf(factsOf(signIn()), '1.0.0')).toBe(
      'CEF:0|Sallyport|Sallyport|1.0.0|sign-in|Sign-in of alice at VPN: accepted, password-and-code.|2|' +
        `rt=${at} externalId=id-1 outcome=accepted reason=password-and-code duser=alice cs1Label=user cs1=Alice duid=u-1` +
        ' cs2Label=client cs2=VPN sallyportClientId=c-1 dvc=192.0.2.10 src=198.51.100.7 cs3Label=method cs3=pap' +
        ' cs4Label=factor cs4=oath cn1Label=durationMs cn1=13 cnt=1 cn2Label=sequence cn2=7',
    )
  })

  it('lets no name add a field or end the header', () => {
    const text = cefOf(factsOf(signIn({ username: 'a|b\\ outcome=accepted\nCEF:0|' })), '1.0.0')
    expect(text).toContain('|Sign-in of a\\|b\\\\ outcome=accepted CEF:0\\| at VPN')
    expect(text).toContain('duser=a|b\\\\ outcome\\=accepted CEF:0| ')
    expect(text).not.toContain('\n')
  })

  it('puts nothing that is no address where an address belongs', () => {
    const text = cefOf(factsOf(signIn({ callingStation: '00-11-22' })), '1.0.0')
    expect(text).toContain('sallyportCallingStation=00-11-22')
    expect(text).not.toContain('src=')
  })
})

describe('an event in JSON', () => {
  it('is one line with a type and a time; what is not known is not there', () => {
    const text = jsonOf(factsOf(signIn({ userId: null, factor: null, username: 'a\nb' })))
    expect(text).not.toContain('\n')
    const event = JSON.parse(text) as Record<string, unknown>
    expect(event).toMatchObject({ type: 'sign-in', time: '2026-11-23T10:00:00.123Z', username: 'a b', count: 1 })
    expect(Object.keys(event)).not.toContain('userId')
  })

  it('tells a change with its hash, so that the receiver holds the chain of the audit trail', () => {
    const body = {
      ...{ atMs: at, administrator: 'ada', action: 'changed', subjectKind: 'user', subjectId: 'u-1' },
      ...{ subjectName: 'alice', before: null, after: '{"enabled":false}', address: '192.0.2.1', hash: 'abc' },
    }
    expect(JSON.parse(jsonOf(factsOf({ kind: 'change', sequence: 3, body })))).toEqual({
      ...{ type: 'change', time: '2026-11-23T10:00:00.123Z', administrator: 'ada', action: 'changed', sequence: 3 },
      ...{ subjectKind: 'user', subjectId: 'u-1', subjectName: 'alice', after: '{"enabled":false}' },
      ...{ address: '192.0.2.1', hash: 'abc' },
    })
  })

  it('of a test says that it is one', () => {
    expect(JSON.parse(jsonOf(testFacts('SIEM', at)))).toMatchObject({ type: 'test', receiver: 'SIEM' })
  })
})
