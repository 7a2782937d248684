/** Who is asked, found by device: while the main thread hears of requests that open and close. */
import { expect, test } from 'vitest'
import { createAskingEngine } from '../http/test/asking-engine.ts'
import { trackAsked } from './asked.ts'

const setUp = () => {
  const engine = createAskingEngine(() => new Date(0))
  const before = engine.ask({ id: 'before', deviceIds: ['phone'] })
  const asked = trackAsked(engine.control)
  const told: (readonly string[])[] = []
  asked.onChange((deviceIds) => told.push(deviceIds))
  return { engine, asked, told, before }
}
const ids = (requests: readonly { readonly id: string }[]) => requests.map(({ id }) => id)

test('a device finds what asks it, the oldest first, and what it was asked before anybody listened', () => {
  const { engine, asked } = setUp()
  engine.ask({ id: 'second', deviceIds: ['phone', 'tablet'] })
  engine.ask({ id: 'others', deviceIds: ['another phone'] })
  expect(ids(asked.ofDevice('phone'))).toEqual(['before', 'second'])
  expect(ids(asked.ofDevice('tablet'))).toEqual(['second'])
  expect(asked.ofDevice('nobody')).toEqual([])
  expect(asked.byId('second')?.deviceIds).toEqual(['phone', 'tablet'])
})

test('what is over asks nobody any more, and how it ended is remembered', () => {
  const { engine, asked } = setUp()
  engine.ask({ id: 'second', deviceIds: ['phone', 'tablet'] })
  engine.end('before', 'denied')
  expect(ids(asked.ofDevice('phone'))).toEqual(['second'])
  engine.end('second', 'no-answer')
  expect([asked.ofDevice('phone'), asked.ofDevice('tablet'), asked.byId('second')]).toEqual([[], [], undefined])
  expect([asked.endedAs('before'), asked.endedAs('second'), asked.endedAs('never')]).toEqual([
    'denied',
    'no-answer',
    undefined,
  ])
})

test('those who listen hear which devices have something to look at, until they let go', () => {
  const { engine, asked, told } = setUp()
  engine.ask({ id: 'second', deviceIds: ['tablet'] })
  engine.ask({ id: 'call', deviceIds: [] })
  engine.end('second', 'approved')
  asked.close()
  engine.ask({ id: 'third', deviceIds: ['phone'] })
  expect(told).toEqual([['tablet'], ['tablet']])
})
