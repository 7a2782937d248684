/** The terminal that a command talks to. */
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

export interface Terminal {
  readonly print: (line: string) => void
  readonly complain: (line: string) => void
  /** Null where nobody can answer. */
  readonly ask: (question: string) => Promise<string | null>
  /** As `ask`; what is typed is not shown. */
  readonly askSecret: (question: string) => Promise<string | null>
}

export function processTerminal(process: {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
}): Terminal {
  const { stdin, stdout, stderr } = process
  const ask = async (question: string, shown: boolean) => {
    if (!stdin.isTTY) return null
    stderr.write(question)
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
    const lines = createInterface({ input: stdin, output: shown ? stderr : nowhere, terminal: true })
    try {
      return await lines.question('')
    } finally {
      lines.close()
      if (!shown) stderr.write('\n')
    }
  }
  return {
    print: (line) => stdout.write(`${line}\n`),
    complain: (line) => stderr.write(`${line}\n`),
    ask: (question) => ask(question, true),
    askSecret: (question) => ask(question, false),
  }
}
