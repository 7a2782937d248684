import { Readable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import type { SignInRow } from '@sallyport/contract'
import { describe, expect, test } from 'vitest'
import { csvLine } from './csv.ts'
import { csvOfSignIns } from './sign-ins-csv.ts'

describe('a line of CSV (RFC 4180 §2)', () => {
  test.each([
    [['a', 'b'], 'a,b'],
    [['a,b', 'c "d"', 'e\r\nf', 'g\nh'], '"a,b","c ""d""","e\r\nf","g\nh"'],
    [['', ' '], ', '],
    [[-5, 0.25], '-5,0.25'],
  ])('%j becomes %j', (fields, line) => {
    expect(csvLine(fields)).toBe(`${line}\r\n`)
  })

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('%j is shown as text, not run', (text) => {
    expect(csvLine([text])).toMatch(/^"?'/)
  })
})

test('an export reads no further than its reader has taken', async () => {
  let read = 0
  async function* pieces(): AsyncGenerator<readonly SignInRow[]> {
    for (; read < 1000; read += 1) yield []
  }
  const stream = Readable.from(csvOfSignIns(pieces()), { objectMode: true, highWaterMark: 1 })
  stream.once('readable', () => stream.read() as unknown)
  for (let turns = 0; turns < 50; turns += 1) await turn()
  expect(read).toBeLessThan(10)
  stream.destroy()
  for (let turns = 0; turns < 50; turns += 1) await turn()
  expect(read).toBeLessThan(10)
})
