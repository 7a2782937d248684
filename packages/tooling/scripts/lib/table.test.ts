import { expect, test } from 'vitest'
import { table } from './table.mjs'

test('a table puts text to the left and numbers to the right', () => {
  expect(
    table(
      ['suite', 'passed', ''],
      [
        ['radius', 12, ''],
        ['ui', 3, 'slow'],
      ],
    ),
  ).toBe(['suite   passed', '------  ------  ----', 'radius      12', 'ui           3  slow'].join('\n'))
})
