/** Asks a person line by line, and ends when they or their input do; works with a terminal and with a pipe. */
import { createInterface } from 'node:readline'

export interface Dialogue {
  /** What was typed, or undefined when nothing more comes. */
  ask(question: string): Promise<string | undefined>
  close(): void
}

export interface DialogueOptions {
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
  /** Whether a person types; from a pipe, the answers are shown after their questions. */
  readonly isTerminal: boolean
  /** Ctrl-C, which a terminal in line editing does not turn into a signal. */
  readonly onInterrupt: () => void
}

export function createDialogue({ input, output, isTerminal, onInterrupt }: DialogueOptions): Dialogue {
  const lines = createInterface({ input, ...(isTerminal ? { output, terminal: true } : { terminal: false }) })
  // Lines wait here until they are asked for: a pipe delivers several at once.
  const waiting: string[] = []
  let asked: ((line: string | undefined) => void) | undefined
  let isOver = false
  lines.on('line', (line) => {
    if (asked) asked(line)
    else waiting.push(line)
  })
  lines.on('close', () => {
    isOver = true
    asked?.(undefined)
  })
  lines.on('SIGINT', onInterrupt)

  const next = (question: string) =>
    new Promise<string | undefined>((resolve) => {
      if (isTerminal) {
        lines.setPrompt(question)
        if (!isOver) lines.prompt()
      } else output.write(question)
      const line = waiting.shift()
      if (line !== undefined || isOver) {
        resolve(line)
        return
      }
      asked = (answer) => {
        asked = undefined
        resolve(answer)
      }
    })

  return {
    async ask(question) {
      const line = await next(question)
      if (!isTerminal || line === undefined) output.write(`${line ?? ''}\n`)
      return line
    },
    close: () => lines.close(),
  }
}
