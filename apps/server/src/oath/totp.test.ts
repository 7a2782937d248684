import { createGuardrails, generateSync } from 'otplib'
import { describe, expect, test } from 'vitest'
import { matchTotp, totpCode, totpStep, type TotpAttempt } from './totp.ts'

const keys = {
  'SHA-1': Buffer.from('12345678901234567890'),
  'SHA-256': Buffer.from('12345678901234567890123456789012'),
  'SHA-512': Buffer.from('1234567890123456789012345678901234567890123456789012345678901234'),
} as const

describe('RFC 6238 appendix B', () => {
  test.each([
    [59, '94287082', '46119246', '90693936'],
    [1111111109, '07081804', '68084774', '25091201'],
    [1111111111, '14050471', '67062674', '99943326'],
    [1234567890, '89005924', '91819424', '93441116'],
    [2000000000, '69279037', '90698825', '38618901'],
    [20000000000, '65353130', '77737706', '47863826'],
  ])('at %d s the codes are those of the table', (seconds, sha1, sha256, sha512) => {
    const code = (algorithm: keyof typeof keys) =>
      totpCode({ secret: keys[algorithm], algorithm, digits: 8, stepSeconds: 30 }, seconds * 1000)
    expect([code('SHA-1'), code('SHA-256'), code('SHA-512')]).toEqual([sha1, sha256, sha512])
  })
})

describe('otplib, an implementation of others,', () => {
  test.each(['SHA-1', 'SHA-256', 'SHA-512'] as const)('computes the same codes with %s', (algorithm) => {
    const name = { 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-512': 'sha512' } as const
    for (let seed = 1; seed <= 100; seed += 1) {
      const secret = Buffer.alloc(1 + ((seed * 7) % 128), seed)
      const [step, digits] = [seed ** 4, ([6, 7, 8] as const)[seed % 3] ?? 6]
      const guardrails = createGuardrails({ MIN_SECRET_BYTES: 1, MAX_SECRET_BYTES: 128 })
      const theirs = generateSync({
        strategy: 'hotp',
        counter: step,
        secret,
        algorithm: name[algorithm],
        digits,
        guardrails,
      })
      expect(totpCode({ secret, algorithm, digits, stepSeconds: 30 }, step * 30_000)).toBe(theirs)
    }
  })
})

describe('matching a code', () => {
  const token = { secret: keys['SHA-1'], algorithm: 'SHA-1', digits: 6, stepSeconds: 30 } as const
  const nowMs = 1_700_000_000_000
  const present = totpStep(nowMs, 30)
  const codeOf = (step: number) => totpCode(token, step * 30_000)
  const attempt = (changes: Partial<TotpAttempt>) =>
    matchTotp({ ...token, code: codeOf(present), nowMs, window: 1, afterStep: null, ...changes })

  test('the present code is right, and says its step', () => {
    expect(attempt({})).toEqual({ kind: 'right', step: present })
  })

  test.each([-1, 0, 1])('a code %d steps away is right within a window of one (RFC 6238 §5.2)', (away) => {
    expect(attempt({ code: codeOf(present + away) })).toEqual({ kind: 'right', step: present + away })
  })

  test.each([-2, 2])('a code %d steps away is wrong within a window of one', (away) => {
    expect(attempt({ code: codeOf(present + away) })).toEqual({ kind: 'wrong' })
  })

  test('a code works once: its step and those before are used up (RFC 6238 §5.2)', () => {
    expect(attempt({ afterStep: present })).toEqual({ kind: 'used', step: present })
    expect(attempt({ code: codeOf(present - 1), afterStep: present })).toEqual({ kind: 'used', step: present - 1 })
    expect(attempt({ code: codeOf(present + 1), afterStep: present })).toEqual({ kind: 'right', step: present + 1 })
  })

  test('a code that two steps happen to share counts for the one that is not used yet', () => {
    const secret = Buffer.from('12345678901234567890')
    const shared = firstSharedCode(secret)
    expect(
      matchTotp({
        ...token,
        secret,
        code: shared.code,
        nowMs: (shared.later - 1) * 30_000,
        window: shared.later - shared.earlier,
        afterStep: shared.earlier,
      }),
    ).toEqual({ kind: 'right', step: shared.later })
  })

  test.each(['', '12345', '1234567', '+12345', '１２３４５６'])('“%s” is wrong, not an error', (code) => {
    expect(attempt({ code })).toEqual({ kind: 'wrong' })
  })

  test('nothing is looked for before 1970', () => {
    expect(matchTotp({ ...token, code: codeOf(0), nowMs: 0, window: 1, afterStep: null })).toEqual({
      kind: 'right',
      step: 0,
    })
  })

  test('a key of 128 octets works', () => {
    const secret = Buffer.alloc(128, 7)
    const code = totpCode({ ...token, secret }, nowMs)
    expect(matchTotp({ ...token, secret, code, nowMs, window: 0, afterStep: null }).kind).toBe('right')
  })
})

/** Two steps near each other with the same six digits: they exist among the first few thousand. */
function firstSharedCode(secret: Uint8Array): { code: string; earlier: number; later: number } {
  const seen = new Map<string, number>()
  for (let step = 0; step < 20_000; step += 1) {
    const code = totpCode({ secret, algorithm: 'SHA-1', digits: 6, stepSeconds: 30 }, step * 30_000)
    const earlier = seen.get(code)
    if (earlier !== undefined) return { code, earlier, later: step }
    seen.set(code, step)
  }
  throw new Error('No two steps share a code.')
}
