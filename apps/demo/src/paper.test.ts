import { expect, test } from 'vitest'

import { createPaper } from './paper.ts'

function write(draw: (paper: ReturnType<typeof createPaper>) => void, hasColours = false): string {
  let text = ''
  draw(createPaper((more) => (text += more), hasColours))
  return text
}

test('steps are numbered, packets show their attributes under each other', () => {
  const text = write((paper) => {
    paper.step('First')
    paper.done('this')
    paper.step('Second')
    paper.packet('→', 'Access-Request', [
      { name: 'User-Name', value: 'amber' },
      { name: 'State', value: 'x' },
    ])
    paper.verdict(false, 'No.')
  })
  expect(text).toBe(`
1  First
   ✓ this

2  Second

   → Access-Request
       User-Name  amber
       State      x

   ✗ No.
`)
})

test('tables line up and leave no blanks behind', () => {
  expect(
    write((paper) =>
      paper.table([
        ['a', 'bbb', ''],
        ['aaa', 'b', 'c'],
      ]),
    ),
  ).toBe('     a    bbb\n     aaa  b    c\n')
})

test('colours come only where they are asked for', () => {
  const draw = (paper: ReturnType<typeof createPaper>) => paper.done('this')
  expect(write(draw)).not.toContain('\u001b')
  expect(write(draw, true)).toBe('   \u001b[32m✓\u001b[39m this\n')
})
