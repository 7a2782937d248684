/** The door for the shell of this machine: a socket in the data folder, which the folder’s owner alone can open. */
import { chmodSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'

/** Beyond this the system takes no name of a socket (unix(7): sun_path). */
const longestName = 107
const questionAtMost = 200
const answerAtMost = 1_000_000
const answerWithinMs = 30_000

const question = z.enum(['status', 'take-up'])
export type ControlQuestion = z.infer<typeof question>

/** What the running server answers each question with, as JSON; a rejection is told in its words. */
export type ControlRoom = Readonly<Record<ControlQuestion, () => Promise<unknown>>>

export interface ControlDoor {
  close(): Promise<void>
}

function socketName(dataDir: string): string {
  return join(dataDir, 'sallyport.sock')
}

/** Null where the folder’s name is too long for a socket in it. A socket that nobody listens on is replaced. */
export async function openControl(dataDir: string, room: ControlRoom): Promise<ControlDoor | null> {
  const path = socketName(dataDir)
  if (Buffer.byteLength(path) > longestName) return null
  rmSync(path, { force: true })
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
    readLine(socket, questionAtMost, (line) => {
      void answer(room, line).then((text) => socket.end(`${text}\n`))
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).once('listening', resolve)
    server.listen(path)
    // It is bound by now; before anybody else had a turn, it is its owner's alone.
    chmodSync(path, 0o600)
  })
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** What the server of this data folder answers; null where none runs. Throws what the server says is wrong. */
export function askServer(dataDir: string, asked: ControlQuestion): Promise<unknown> {
  const path = socketName(dataDir)
  if (Buffer.byteLength(path) > longestName) return Promise.resolve(null)
  return new Promise((resolve, reject) => {
    const socket = connect(path)
    socket.setTimeout(answerWithinMs, () => socket.destroy(new Error('The running server does not answer.')))
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(null)
      else reject(error)
    })
    socket.once('connect', () => socket.write(`${asked}\n`))
    socket.once('close', () => reject(new Error('The running server ended the conversation.')))
    readLine(socket, answerAtMost, (line) => {
      socket.destroy()
      const said = answerSchema.safeParse(parsed(line))
      if (!said.success) reject(new Error('The running server answered something else: is it of this release?'))
      else if (said.data.ok) resolve(said.data.answer)
      else reject(new Error(said.data.problem))
    })
  })
}

const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), answer: z.unknown() }),
  z.object({ ok: z.literal(false), problem: z.string() }),
])

async function answer(room: ControlRoom, line: string): Promise<string> {
  try {
    const asked = question.safeParse(line)
    if (!asked.success) return JSON.stringify({ ok: false, problem: 'This release does not know that question.' })
    return JSON.stringify({ ok: true, answer: (await room[asked.data]()) ?? true })
  } catch (error) {
    return JSON.stringify({ ok: false, problem: error instanceof Error ? error.message : String(error) })
  }
}

/** The first line, once; more than `atMost` characters end the connection. */
function readLine(socket: Socket, atMost: number, onLine: (line: string) => void): void {
  let text = ''
  let done = false
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    if (done) return
    text += chunk
    const end = text.indexOf('\n')
    if (end >= 0) {
      done = true
      onLine(text.slice(0, end))
    } else if (text.length > atMost) socket.destroy()
  })
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
