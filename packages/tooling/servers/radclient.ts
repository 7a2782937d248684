/** Runs Debian's radclient: one request as a real RADIUS client sends it, and what it made of the reply. */
import { spawn } from 'node:child_process'

export interface RadclientOptions {
  readonly host: string
  readonly port: number
  readonly secret: string
  /** `auth` unless told. */
  readonly code?: 'auth' | 'acct' | 'status' | 'coa' | 'disconnect'
  /** Lines of radclient's input, as `User-Name = "alice"`; `Message-Authenticator = 0x00` is computed by it. */
  readonly attributes: readonly string[]
  /** Transmissions in all; 3. */
  readonly retries?: number
  /** For each transmission; 3. */
  readonly timeoutSeconds?: number
}

export interface RadclientReply {
  /** `Access-Accept`, `Access-Challenge`, … */
  readonly code: string
  /** In the order of the packet; text without its quotes, octets as `0x…`. */
  readonly attributes: readonly { readonly name: string; readonly value: string }[]
}

export interface RadclientResult {
  /** 0 when the request was granted. */
  readonly exitCode: number
  /** All that it printed. */
  readonly output: string
  /** Absent when no reply came that it believed. */
  readonly reply?: RadclientReply
}

/** Sends one request and resolves when radclient ends; rejects only when it cannot be started. */
export function radclient(options: RadclientOptions): Promise<RadclientResult> {
  const { host, port, secret, code = 'auth', retries = 3, timeoutSeconds = 3 } = options
  const server = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
  return new Promise((resolve, reject) => {
    const args = ['-x', '-r', String(retries), '-t', String(timeoutSeconds), server, code, secret]
    const child = spawn('radclient', args, { stdio: ['pipe', 'pipe', 'pipe'] })
    let output = ''
    const collect = (chunk: Buffer) => (output += chunk.toString('utf8'))
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.once('error', (error) => reject(new Error('radclient could not be started', { cause: error })))
    child.once('close', (exitCode) => {
      const reply = parseReply(output)
      resolve({ exitCode: exitCode ?? -1, output, ...(reply && { reply }) })
    })
    child.stdin.end(`${options.attributes.join('\n')}\n`)
  })
}

/** The last reply in what radclient printed. */
function parseReply(output: string): RadclientReply | undefined {
  const lines = output.split('\n')
  const start = lines.findLastIndex((line) => line.startsWith('Received '))
  const code = /^Received (\S+) Id/.exec(lines[start] ?? '')?.[1]
  if (code === undefined) return undefined
  const attributes: { name: string; value: string }[] = []
  for (const line of lines.slice(start + 1)) {
    const match = /^\t(\S+) = (.*)$/.exec(line)
    if (!match) break
    const [, name = '', value = ''] = match
    attributes.push({ name, value: value.replace(/^"(.*)"$/, '$1') })
  }
  return { code, attributes }
}
