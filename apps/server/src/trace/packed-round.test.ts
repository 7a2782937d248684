import { attribute, packetCodes } from '@sallyport/radius'
import { expect, test } from 'vitest'

import { packRound, packStage, unpackRound, type RoundToPack } from './packed-round.ts'

const round: RoundToPack = {
  atMs: Date.UTC(2026, 0, 1),
  durationMs: 12.3456,
  request: {
    code: packetCodes.accessRequest,
    identifier: 7,
    attributes: [attribute('User-Name', 'zoë'), attribute('User-Password', Buffer.from('sixteen octets!!'))],
  },
  stages: [
    packStage('receive', 0.0214, null, [
      { name: 'user-name', value: 'zoë' },
      { name: 'method', value: 'pap' },
    ]),
    packStage('primary', 3, { kind: 'reject', reason: 'wrong-password' }, []),
  ],
  reply: { code: packetCodes.accessReject, attributes: [attribute('Reply-Message', 'no')] },
}

test('a round comes back as the API shows it, in words, its secrets masked', () => {
  expect(unpackRound(packRound(round))).toEqual({
    at: '2026-01-01T00:00:00.000Z',
    durationMs: 12.346,
    request: {
      code: 'Access-Request',
      identifier: 7,
      attributes: [
        { name: 'User-Name', value: 'zoë' },
        { name: 'User-Password', value: '••••' },
      ],
    },
    stages: [
      {
        stage: 'receive',
        durationMs: 0.021,
        verdict: null,
        reason: null,
        facts: [
          { name: 'user-name', value: 'zoë' },
          { name: 'method', value: 'pap' },
        ],
      },
      { stage: 'primary', durationMs: 3, verdict: 'reject', reason: 'wrong-password', facts: [] },
    ],
    reply: { code: 'Access-Reject', attributes: [{ name: 'Reply-Message', value: 'no' }] },
  })
})

test('what was hidden on the wire is not in the text either', () => {
  const octets = (JSON.parse(packRound(round)) as unknown[]).map((part) => Buffer.from(String(part), 'base64'))
  expect(octets.some((part) => part.includes('zo'))).toBe(true)
  expect(octets.some((part) => part.includes('sixteen'))).toBe(false)
})

test('silence has no reply', () => {
  expect(unpackRound(packRound({ ...round, reply: null })).reply).toBeNull()
})

test.each(['', '{}', '[1]', '[0,0,1,1,"%%",0,""]', '[0,0,1,1,"AA==",0,""]', '[0,0,1,1,"",0,"",["nowhere",0,"",""]]'])(
  'a damaged round is refused: %s',
  (text) => {
    expect(() => unpackRound(text)).toThrow()
  },
)

test.each(['"', '\\', 'a\nb', '\u0000', '\u2028', '\ud800', 'zoë', ' !#[]~', ''])(
  '“%s” comes back as it was',
  (value) => {
    const stages = [packStage('receive', 0, null, [{ name: 'user-name', value }])]
    expect(unpackRound(packRound({ ...round, stages })).stages[0]?.facts).toEqual([{ name: 'user-name', value }])
  },
)
