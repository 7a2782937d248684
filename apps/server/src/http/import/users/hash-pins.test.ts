import { setImmediate as giveWay } from 'node:timers/promises'

import { expect, test } from 'vitest'

import { hashPins } from './hash-pins.ts'

const rows = Array.from({ length: 20 }, (_, line) => ({ line, pin: line % 5 === 0 ? '' : `90${String(line)}` }))
const calm = new AbortController().signal

test('every row has the hash of its own PIN, in the order of the file, and no more are hashed at once than may', async () => {
  let [running, most] = [0, 0]
  const hash = async (pin: string) => {
    most = Math.max(most, (running += 1))
    // Later ones end sooner.
    for (let turns = 100 - Number(pin.slice(2)) * 5; turns > 0; turns -= 1) await giveWay()
    running -= 1
    return `hash of ${pin}`
  }
  const hashed = await hashPins(rows, hash, { atOnce: 3, signal: calm })
  expect(hashed).toEqual(rows.map((row) => ({ ...row, pinHash: row.pin === '' ? null : `hash of ${row.pin}` })))
  expect(most).toBe(3)
})

test('once the server stops, no further PIN is hashed', async () => {
  const closing = new AbortController()
  let count = 0
  const hash = async (pin: string) => {
    count += 1
    if (count === 3) closing.abort(new Error('stopping'))
    await giveWay()
    return pin
  }
  await expect(hashPins(rows, hash, { atOnce: 1, signal: closing.signal })).rejects.toThrow('stopping')
  expect(count).toBe(3)
})

test('a PIN that cannot be hashed takes the whole batch with it: nobody is added without the PIN that was asked for', async () => {
  const hash = (pin: string) => (pin === '907' ? Promise.reject(new Error('no memory')) : Promise.resolve(pin))
  await expect(hashPins(rows, hash, { atOnce: 2, signal: calm })).rejects.toThrow('no memory')
})
