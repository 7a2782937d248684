/** The door for the shell: who can open it, and what is said where nobody is behind it. */
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { askServer, openControl, type ControlDoor } from './control-socket.ts'

let folder: string
let door: ControlDoor | null = null

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-control-'))
})
afterEach(async () => {
  await door?.close()
  door = null
  await rm(folder, { recursive: true })
})

const room = {
  status: () => Promise.resolve({ well: true }),
  'take-up': () => Promise.reject(new Error('the engine did not answer')),
}

test('a question is answered, and what went wrong is told', async () => {
  door = await openControl(folder, room)
  expect(await askServer(folder, 'status')).toEqual({ well: true })
  await expect(askServer(folder, 'take-up')).rejects.toThrow('the engine did not answer')
})

test('the owner alone can open it', async () => {
  door = await openControl(folder, room)
  expect((await stat(join(folder, 'sallyport.sock'))).mode & 0o777).toBe(0o600)
})

test('where no server runs, there is no answer, nor where one died', async () => {
  expect(await askServer(folder, 'status')).toBeNull()
  await writeFile(join(folder, 'sallyport.sock'), '')
  expect(await askServer(folder, 'status')).toBeNull()
  door = await openControl(folder, room)
  expect(await askServer(folder, 'status')).toEqual({ well: true })
})

test('a folder whose name is too long has no door, and is as if no server ran', async () => {
  const long = join(folder, 'x'.repeat(120))
  expect(await openControl(long, room)).toBeNull()
  expect(await askServer(long, 'status')).toBeNull()
})

test('who asks something else, or talks without end, is told or cut off', async () => {
  door = await openControl(folder, room)
  const say = (text: string) =>
    new Promise<string>((resolve) => {
      let heard = ''
      const socket = connect(join(folder, 'sallyport.sock'), () => socket.write(text))
      socket.on('data', (chunk) => (heard += chunk.toString())).on('error', () => undefined)
      socket.on('close', () => resolve(heard))
    })
  expect(await say('secrets\n')).toContain('does not know')
  expect(await say('x'.repeat(100_000))).toBe('')
})
