import { PassThrough } from 'node:stream'

import { expect, test } from 'vitest'

import { createDialogue } from './dialogue.ts'

function open() {
  const [input, output] = [new PassThrough(), new PassThrough()]
  const dialogue = createDialogue({ input, output, isTerminal: false, onInterrupt: () => undefined })
  return { input, dialogue, written: () => String(output.read() ?? '') }
}

test('lines that a pipe delivers at once are handed out one question at a time', async () => {
  const { input, dialogue, written } = open()
  input.end('amber\nopen\n')
  expect(await dialogue.ask('name? ')).toBe('amber')
  expect(await dialogue.ask('password? ')).toBe('open')
  expect(await dialogue.ask('name? ')).toBeUndefined()
  expect(written()).toBe('name? amber\npassword? open\nname? \n')
})

test('a question waits for its line', async () => {
  const { input, dialogue } = open()
  const answer = dialogue.ask('name? ')
  input.write('birch\n')
  expect(await answer).toBe('birch')
  dialogue.close()
})

test('a question that is open when the dialogue is closed gets no answer', async () => {
  const { dialogue } = open()
  const answer = dialogue.ask('name? ')
  dialogue.close()
  expect(await answer).toBeUndefined()
})
