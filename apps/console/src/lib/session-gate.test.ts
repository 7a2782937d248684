import { expect, test } from 'vitest'
import { createSessionGate } from './session-gate.ts'

test('several calls share one question, and all go on with its answer', async () => {
  const gate = createSessionGate()
  const answers = Promise.all([gate.ask(), gate.ask()])
  expect(gate.isAsking()).toBe(true)
  gate.settle(true)
  expect(await answers).toEqual([true, true])
  expect(gate.isAsking()).toBe(false)
})

test('a later end of the session is a question of its own', async () => {
  const gate = createSessionGate()
  const first = gate.ask()
  gate.settle(true)
  const second = gate.ask()
  gate.settle(false)
  expect([await first, await second]).toEqual([true, false])
})

test('whoever listens hears of the question and of its end', () => {
  const gate = createSessionGate()
  const heard: boolean[] = []
  const stop = gate.subscribe(() => heard.push(gate.isAsking()))
  void gate.ask()
  gate.settle(false)
  stop()
  void gate.ask()
  expect(heard).toEqual([true, false])
})
