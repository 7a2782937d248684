/**
 * Changes of passwords in the domain by Samba's ntlm_auth: what a person's computer encrypted under the old password goes to a domain
 * controller as it is, and that decides. One process a change, for they are rare.
 */
import { spawn } from 'node:child_process'

import { createTurns, NoTurnLeft } from '../passwords/turns.ts'
import { meaningOfStatus, type NtRefusal } from './nt-status.ts'

export interface NtlmChangeQuestion {
  readonly username: string
  /** The domain's NetBIOS name. */
  readonly domain: string
  /** 516 octets: the new password under the old one's NT hash (RFC 2759 §8.9). */
  readonly encryptedPassword: Uint8Array
  /** 16 octets: the old password's NT hash under the new one's (RFC 2759 §8.12). */
  readonly encryptedHash: Uint8Array
}

export type NtlmChangeAnswer =
  | { readonly kind: 'ok' }
  /** The old password was right, and the domain does not take the new one, or none at all. */
  | { readonly kind: 'password-change-refused'; readonly detail: string }
  | { readonly kind: NtRefusal; readonly detail: string }
  /** Nobody could say anything, and nothing is known to have changed. */
  | { readonly kind: 'down'; readonly detail: string }

export type NtlmChange = (question: NtlmChangeQuestion, deadlineMs: number) => Promise<NtlmChangeAnswer>

const limits = { atOnce: 2, waitingAtMost: 100 }
const longestAnswer = 4_096
const notTaken =
  /NT_STATUS_(PASSWORD_RESTRICTION|ACCESS_DENIED|ILL_FORMED_PASSWORD)\b|0xc00000(6c|6b|22)\b|update rule has been violated|not been granted th(ese|e requested) access|not allowed in passwords/i

/** @param options.command the program; `clock` in milliseconds since 1970 */
export function createNtlmChange(options: { readonly command: string; readonly clock: () => number }): NtlmChange {
  const turns = createTurns(limits)
  return async (question, deadlineMs) => {
    try {
      return await turns(() => run(options.command, question, deadlineMs - options.clock()))
    } catch (error) {
      if (!(error instanceof NoTurnLeft)) throw error
      return { kind: 'down', detail: 'Too many passwords are being changed at once.' }
    }
  }
}

function run(command: string, question: NtlmChangeQuestion, limitMs: number): Promise<NtlmChangeAnswer> {
  if (limitMs <= 0) return Promise.resolve({ kind: 'down', detail: 'There was no time left to change the password.' })
  return new Promise((resolve) => {
    const child = spawn(command, ['--helper-protocol=ntlm-change-password-1'], { stdio: 'pipe' })
    let said = ''
    const settle = (answer: NtlmChangeAnswer) => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      resolve(answer)
    }
    const timer = setTimeout(() => settle({ kind: 'down', detail: 'ntlm_auth did not answer in time.' }), limitMs)
    child.stdout.setEncoding('latin1').on('data', (text: string) => {
      said += text
      const answer = readAnswer(said)
      if (answer) settle(answer)
      else if (said.length > longestAnswer) settle({ kind: 'down', detail: 'ntlm_auth said more than an answer.' })
    })
    child.stderr.resume()
    // What is written to one that is gone is answered by its end.
    child.stdin.on('error', () => undefined)
    child.once('error', ({ message }) =>
      settle({ kind: 'down', detail: `ntlm_auth could not be started: ${message}.` }),
    )
    child.once('close', (code, signal) =>
      settle({ kind: 'down', detail: `ntlm_auth ended (${signal ?? `code ${String(code)}`}).` }),
    )
    child.stdin.write(format(question))
  })
}

/** Names go in base64 (`::`), so that none of them can be a line of the protocol. */
function format({ username, domain, encryptedPassword, encryptedHash }: NtlmChangeQuestion): string {
  const lines = [
    `username:: ${Buffer.from(username).toString('base64')}`,
    `nt-domain:: ${Buffer.from(domain).toString('base64')}`,
    `new-nt-password-blob: ${Buffer.from(encryptedPassword).toString('hex')}`,
    `old-nt-hash-blob: ${Buffer.from(encryptedHash).toString('hex')}`,
    '.',
  ]
  return `${lines.join('\n')}\n`
}

/** The answer, once it is whole; undefined before that. Of what was said only the error's words go on: they hold no password. */
function readAnswer(said: string): NtlmChangeAnswer | undefined {
  const end = /^\.$/m.exec(said)
  if (!end) return undefined
  const fields = new Map<string, string>()
  for (const line of said.slice(0, end.index).split('\n')) {
    const match = /^(Password-Change(?:-Error)?): (.*)$/.exec(line)
    if (match?.[1] !== undefined) fields.set(match[1], match[2] ?? '')
  }
  const verdict = fields.get('Password-Change')
  if (verdict === 'Yes') return { kind: 'ok' }
  if (verdict !== 'No') return { kind: 'down', detail: 'ntlm_auth said something else than an answer.' }
  const detail = (fields.get('Password-Change-Error') ?? '').slice(0, 300)
  if (notTaken.test(detail)) return { kind: 'password-change-refused', detail }
  return { kind: meaningOfStatus(detail) ?? 'down', detail }
}
