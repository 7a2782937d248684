/**
 * Samba's ntlm_auth as lasting helpers: MS-CHAPv2 responses are checked by winbind with a domain controller. Each helper does one
 * check at a time; one that dies, stays silent or says what it should not is ended and replaced.
 */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'

import { meaningOfStatus, type NtRefusal } from './nt-status.ts'

export interface NtlmQuestion {
  readonly username: string
  /** The domain's NetBIOS name. */
  readonly domain: string
  /** 8 octets: what both challenges and the name are drawn together to (RFC 2759 §8.2). */
  readonly challenge: Uint8Array
  /** 24 octets. */
  readonly ntResponse: Uint8Array
}

export type NtlmAnswer =
  /** `sessionKey` is the hash of the NT hash, 16 octets: what success and keys are made of. */
  | { readonly kind: 'ok'; readonly sessionKey: Uint8Array }
  | { readonly kind: NtRefusal; readonly detail: string }
  /** Nobody could say anything about the password. */
  | { readonly kind: 'down'; readonly detail: string }

export interface NtlmAuth {
  check(question: NtlmQuestion, deadlineMs: number): Promise<NtlmAnswer>
  /** The helpers that run now, for tests. */
  pids(): readonly number[]
  close(): void
}

export interface NtlmAuthOptions {
  /** The program. */
  readonly command: string
  /** Milliseconds since 1970. */
  readonly clock: () => number
  /** Helpers at most; 4. Samba checks some 300 responses a second in all. */
  readonly helpers?: number
}

interface Waiting {
  readonly question: NtlmQuestion
  readonly deadlineMs: number
  readonly resolve: (answer: NtlmAnswer) => void
}

interface Helper {
  readonly child: ChildProcessWithoutNullStreams
  /** What it said so far in answer to what it was asked. */
  said: string
  current: Waiting | undefined
  timer: NodeJS.Timeout | undefined
}

const waitingAtMost = 1_000
const longestCheckMs = 10_000
const longestAnswer = 4_096
/** A program that cannot even start is not started a thousand times a second. */
const restartAfterMs = 1_000

export function createNtlmAuth({ command, clock, helpers: most = 4 }: NtlmAuthOptions): NtlmAuth {
  const helpers = new Set<Helper>()
  const queue: Waiting[] = []
  let lastFailureMs = -Infinity
  let lastProblem = ''
  let closed = false

  function start(): Helper {
    const child = spawn(command, ['--helper-protocol=ntlm-server-1', '--allow-mschapv2'], { stdio: 'pipe' })
    const helper: Helper = { child, said: '', current: undefined, timer: undefined }
    helpers.add(helper)
    child.stdout.setEncoding('latin1').on('data', (text: string) => hear(helper, text))
    child.stderr.resume()
    // What is written to one that is gone is answered by its end.
    child.stdin.on('error', () => undefined)
    child.once('error', (error) => end(helper, `ntlm_auth could not be started: ${error.message}.`))
    child.once('exit', (code, signal) => end(helper, `ntlm_auth ended (${signal ?? `code ${String(code)}`}).`))
    return helper
  }

  function end(helper: Helper, problem: string): void {
    if (!helpers.delete(helper)) return
    clearTimeout(helper.timer)
    helper.child.kill('SIGKILL')
    lastFailureMs = clock()
    lastProblem = problem
    helper.current?.resolve({ kind: 'down', detail: problem })
    helper.current = undefined
    serve()
  }

  function hear(helper: Helper, text: string): void {
    helper.said += text
    if (helper.said.length > longestAnswer) {
      end(helper, 'ntlm_auth said more than an answer.')
      return
    }
    const { current } = helper
    // After a refusal the helper ends its answer twice; the second end belongs to nothing.
    if (!current) return
    const answer = readAnswer(helper.said)
    if (answer === undefined) return
    if (answer === 'malformed') {
      end(helper, 'ntlm_auth said something else than an answer.')
      return
    }
    clearTimeout(helper.timer)
    helper.current = undefined
    helper.said = ''
    current.resolve(answer)
    // One that cannot reach winbind may be at fault itself: another one is started, not at once.
    if (answer.kind === 'down') end(helper, answer.detail)
    else serve()
  }

  function ask(helper: Helper, waiting: Waiting): void {
    helper.said = ''
    helper.current = waiting
    const limitMs = Math.min(longestCheckMs, Math.max(1, waiting.deadlineMs - clock()))
    helper.timer = setTimeout(() => end(helper, 'ntlm_auth did not answer in time.'), limitMs)
    helper.child.stdin.write(format(waiting.question))
  }

  function serve(): void {
    while (queue.length > 0 && !closed) {
      const idle = [...helpers].find(({ current }) => current === undefined)
      const mayStart = helpers.size < most && clock() >= lastFailureMs + restartAfterMs
      if (!idle && !mayStart) {
        // With nobody left who could answer, nobody waits for it.
        if (helpers.size === 0)
          for (const { resolve } of queue.splice(0)) resolve({ kind: 'down', detail: lastProblem })
        return
      }
      const next = queue.shift()
      if (!next) return
      if (clock() >= next.deadlineMs) next.resolve({ kind: 'down', detail: 'Too many checks wait for ntlm_auth.' })
      else ask(idle ?? start(), next)
    }
  }

  return {
    check: (question, deadlineMs) =>
      new Promise((resolve) => {
        if (closed) {
          resolve({ kind: 'down', detail: 'The target was changed.' })
          return
        }
        if (queue.length >= waitingAtMost) {
          resolve({ kind: 'down', detail: 'Too many checks wait for ntlm_auth.' })
          return
        }
        queue.push({ question, deadlineMs, resolve })
        serve()
      }),
    pids: () => [...helpers].flatMap(({ child }) => child.pid ?? []),
    close() {
      closed = true
      for (const { resolve } of queue.splice(0)) resolve({ kind: 'down', detail: 'The target was changed.' })
      for (const helper of helpers) end(helper, 'The target was changed.')
    },
  }
}

/** Names go in base64 (`::`), so that none of them can be a line of the protocol. */
function format({ username, domain, challenge, ntResponse }: NtlmQuestion): string {
  const lines = [
    `LANMAN-Challenge: ${Buffer.from(challenge).toString('hex')}`,
    `NT-Response: ${Buffer.from(ntResponse).toString('hex')}`,
    `Username:: ${Buffer.from(username).toString('base64')}`,
    `NT-Domain:: ${Buffer.from(domain).toString('base64')}`,
    'Request-User-Session-Key: Yes',
    '.',
  ]
  return `${lines.join('\n')}\n`
}

/** The answer, once it is whole; undefined before that. */
function readAnswer(said: string): NtlmAnswer | 'malformed' | undefined {
  const lines = said.split('\n')
  const unfinished = lines.pop() ?? ''
  // The end of the answer before this one may still come.
  const first = lines.findIndex((line) => line !== '.')
  if (first < 0) return undefined
  const last = lines.indexOf('.', first)
  if (last < 0) return unfinished.length + lines.length > 100 ? 'malformed' : undefined
  const fields = new Map<string, string>()
  for (const line of lines.slice(first, last)) {
    const match = /^([A-Za-z-]+): (.*)$/.exec(line)
    if (!match?.[1] || fields.has(match[1])) return 'malformed'
    fields.set(match[1], match[2] ?? '')
  }
  const verdict = fields.get('Authenticated')
  if (verdict === 'Yes') {
    const key = fields.get('User-Session-Key') ?? ''
    if (!/^[0-9A-Fa-f]{32}$/.test(key) || /^0+$/.test(key)) return 'malformed'
    return { kind: 'ok', sessionKey: Buffer.from(key, 'hex') }
  }
  if (verdict !== 'No') return 'malformed'
  const detail = (fields.get('Authentication-Error') ?? '').slice(0, 300)
  const kind = meaningOfStatus(detail)
  return { kind: kind ?? 'down', detail }
}
