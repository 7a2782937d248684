import { expect, test, vi } from 'vitest'

import { createPaper } from './paper.ts'
import { runPrompt, type PromptParts } from './prompt.ts'
import { samplePeople } from './sample-people.ts'

async function run(lines: readonly string[], parts: Partial<PromptParts> = {}): Promise<string> {
  let text = ''
  const left = [...lines]
  await runPrompt({
    paper: createPaper((more) => (text += more), false),
    dialogue: { ask: () => Promise.resolve(left.shift()), close: () => undefined },
    people: samplePeople,
    access: [['address', 'http://127.0.0.1:8080']],
    signIn: () => Promise.resolve({ kind: 'rejected' }),
    explain: () => Promise.resolve('rejected: wrong password'),
    ...parts,
  })
  return text
}

test('signs in by hand: name, password, and the code that the server asks for', async () => {
  const signIn = vi.fn<PromptParts['signIn']>(async (_, __, answer) => {
    expect(await answer('Code, please.')).toBe('123456')
    return { kind: 'accepted' }
  })
  const text = await run(['amber', 'sesame-amber', ' 123456 '], { signIn, explain: async () => 'accepted' })
  expect(signIn).toHaveBeenCalledWith('amber', 'sesame-amber', expect.anything())
  expect(text).toContain('Code, please.')
  expect(text).toContain('SAMPLE-AMBER')
  expect(text).toContain('✓ amber is let in.')
  expect(text).toContain('The report says accepted.')
})

test('an empty code gives up, and the next name can be tried', async () => {
  const signIn = vi.fn<PromptParts['signIn']>(async (_, __, answer) =>
    (await answer('Code?')) === undefined ? { kind: 'given-up' } : { kind: 'accepted' },
  )
  const text = await run(['amber', 'open', '', 'birch', 'open', '123456'], { signIn })
  expect(text).toContain('amber gave no answer')
  expect(text).toContain('birch is let in')
})

test('a refusal shows the reason from the report', async () => {
  expect(await run(['amber', 'wrong'])).toMatch(/✗ amber is refused\.\n.*rejected: wrong password/)
})

test('what RADIUS cannot carry ends the try and not the prompt', async () => {
  const signIn = vi.fn<PromptParts['signIn']>().mockRejectedValueOnce(new RangeError('too long'))
  signIn.mockResolvedValueOnce({ kind: 'accepted' })
  const text = await run(['amber', 'x', 'birch', 'y'], { signIn })
  expect(text).toContain('RADIUS cannot carry that: too long.')
  expect(text).toContain('birch is let in')
})

test('help, users and quit do as they say', async () => {
  const signIn = vi.fn<PromptParts['signIn']>()
  const text = await run(['', 'help', 'users', 'quit', 'amber', 'never asked'], { signIn })
  expect(text).toContain('http://127.0.0.1:8080')
  for (const { username, password } of samplePeople) expect(text).toMatch(new RegExp(`${username} +${password}`))
  expect(text).toContain('a user without a token')
  expect(signIn).not.toHaveBeenCalled()
})
