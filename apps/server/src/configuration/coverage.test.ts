import { expect, test } from 'vitest'
import { covered, leftOut } from './coverage.ts'
import { writeFile } from './file.ts'
import { listNames, settingNames } from './present.ts'

test('whatever the store keeps is a part of a file, or left out for a reason', () => {
  expect([...covered].toSorted()).toEqual([...settingNames, ...listNames, ...Object.keys(leftOut)].toSorted())
})

test('an export says what it leaves out, and why', () => {
  const written = writeFile({}, null)
  for (const reason of Object.values(leftOut)) expect(written).toContain(`#   ${reason}\n`)
})
