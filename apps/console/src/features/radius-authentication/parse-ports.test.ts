import { radiusSettingsInput } from '@sallyport/contract'
import { expect, test } from 'vitest'
import { parsePorts } from './parse-ports.ts'

test.each([
  ['1812', [1812]],
  ['1812, 1645', [1812, 1645]],
  ['1812;1645', [1812, 1645]],
  [' 1812  1645, ', [1812, 1645]],
  ['', []],
])('“%s” names the ports %j', (typed, ports) => {
  expect(parsePorts(typed)).toEqual(ports)
})

test.each(['1812, radius', '1812-1815', '1e3', '0x10', '-1812', '1812.5', '99999', ''])(
  '“%s” is refused by the schema',
  (typed) => {
    expect(radiusSettingsInput.shape.authenticationPorts.safeParse(parsePorts(typed)).success).toBe(false)
  },
)
