/** Speaks WebDriver BiDi to a browser: commands over one WebSocket, each with its answer. */
import { once } from 'node:events'
import { WebSocket } from 'ws'

export interface Bidi {
  /** @throws Error with the browser's words, and where it does not answer within half a minute */
  readonly send: <T = unknown>(method: string, params?: object) => Promise<T>
  readonly close: () => void
}

/** A value as BiDi writes it; `value` is what JSON has for it, of text, numbers and booleans alone. */
export interface RemoteValue {
  readonly type: string
  readonly value?: unknown
}

type Answer =
  | { readonly type: 'success'; readonly id: number; readonly result: unknown }
  | { readonly type: 'error'; readonly id: number | null; readonly error: string; readonly message: string }
  | { readonly type: 'event' }

const answerWithinMs = 30_000

/** @see {@link https://www.w3.org/TR/webdriver-bidi/#protocol WebDriver BiDi §4} */
export async function connectBidi(url: string): Promise<Bidi> {
  const socket = new WebSocket(url, { perMessageDeflate: false })
  await once(socket, 'open')
  const waiting = new Map<number, (answer: Answer) => void>()
  let count = 0
  socket.on('message', (data: Buffer) => {
    const answer = JSON.parse(data.toString('utf8')) as Answer
    if (answer.type === 'event' || answer.id === null) return
    waiting.get(answer.id)?.(answer)
    waiting.delete(answer.id)
  })
  const bidi: Bidi = {
    send: <T>(method: string, params: object = {}) =>
      new Promise<T>((resolve, reject) => {
        const id = (count += 1)
        const timer = setTimeout(() => {
          waiting.delete(id)
          reject(new Error(`${method}: no answer`))
        }, answerWithinMs)
        waiting.set(id, (answer) => {
          clearTimeout(timer)
          if (answer.type === 'success') resolve(answer.result as T)
          else if (answer.type === 'error') reject(new Error(`${method}: ${answer.error}: ${answer.message}`))
        })
        socket.send(JSON.stringify({ id, method, params }))
      }),
    close: () => socket.close(),
  }
  await bidi.send('session.new', { capabilities: {} })
  return bidi
}
