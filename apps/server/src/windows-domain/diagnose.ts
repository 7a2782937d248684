/** Says what is missing on this machine for MS-CHAPv2 with a Windows domain, one step after the other, and how to mend it. */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'

import { challengeHash, generateNtResponse, ntPasswordHash } from '@sallyport/radius'

import { createNtlmAuth } from './ntlm-auth.ts'

export interface HostStep {
  readonly step: 'ntlm-auth' | 'winbind' | 'join' | 'own-domain' | 'pipe' | 'mschap'
  readonly ok: boolean
  readonly message: string
  readonly durationMs: number
}

export interface HostQuestion {
  readonly sambaFolder: string
  readonly netbiosName: string
  /** Whose MS-CHAPv2 is tried at the end; absent: nobody's. */
  readonly credentials?: { readonly accountName: string; readonly password: string }
}

const limitMs = 10_000
/** A name that no domain has: that winbind says so shows that it could ask. */
const nobody = 'sallyport-test-nobody'

/** The steps in order; they end at the first that fails. Changes nothing. */
export async function diagnoseHost({ sambaFolder, netbiosName, credentials }: HostQuestion): Promise<HostStep[]> {
  const steps: HostStep[] = []
  let startedAt = performance.now()
  const note = (step: HostStep['step'], problem: string | undefined, good: string) => {
    const durationMs = Math.round(performance.now() - startedAt)
    steps.push({ step, ok: problem === undefined, message: problem ?? good, durationMs })
    startedAt = performance.now()
    return problem === undefined
  }
  const ntlmAuth = join(sambaFolder, 'ntlm_auth')
  const wbinfo = (...args: string[]) => run(join(sambaFolder, 'wbinfo'), args)

  const absent = await isAbsent(ntlmAuth)
  if (!note('ntlm-auth', absent, `${ntlmAuth} is installed.`)) return steps

  const ping = await wbinfo('-p')
  const silent = `winbind does not run, or this server may not talk to it (${ping.said}). Start it: systemctl enable --now winbind.`
  if (!note('winbind', ping.ok ? undefined : silent, 'winbind runs.')) return steps

  const trust = await wbinfo('-t')
  if (!note('join', trust.ok ? undefined : explainTrust(trust.said), 'This machine is joined to its domain.'))
    return steps

  const { said: ownDomain } = await wbinfo('--own-domain')
  const isOther = ownDomain.toLowerCase() !== netbiosName.toLowerCase()
  const other = `This machine is joined to ${ownDomain}, and the domain here is ${netbiosName}.`
  if (!note('own-domain', isOther ? other : undefined, `It is the domain ${ownDomain}.`)) return steps

  const helper = createNtlmAuth({ command: ntlmAuth, clock: Date.now, helpers: 1 })
  const check = (username: string, password: string) => {
    const [peer, authenticator] = [randomBytes(16), randomBytes(16)]
    const ntResponse = generateNtResponse(authenticator, peer, username, ntPasswordHash(password))
    const challenge = challengeHash(peer, authenticator, username)
    return helper.check({ username, domain: netbiosName, challenge, ntResponse }, Date.now() + limitMs)
  }
  try {
    const tried = await check(nobody, 'no password')
    const couldAsk = tried.kind === 'unknown-user' || tried.kind === 'wrong-password'
    const problem = couldAsk || !('detail' in tried) ? undefined : explainHelper(tried.detail)
    if (!note('pipe', problem, 'ntlm_auth may ask winbind, and winbind a domain controller.')) return steps
    if (credentials) {
      const answer = await check(credentials.accountName, credentials.password)
      const refusal = 'detail' in answer ? `MS-CHAPv2 was refused: ${answer.detail}` : undefined
      note('mschap', refusal, 'The domain accepts this name and password by MS-CHAPv2.')
    }
  } finally {
    helper.close()
  }
  return steps
}

async function isAbsent(program: string): Promise<string | undefined> {
  try {
    await access(program, constants.X_OK)
    return undefined
  } catch {
    return `${program} is not there: install Samba’s winbind (Debian, Ubuntu: winbind; Red Hat: samba-winbind and samba-winbind-clients).`
  }
}

function explainTrust(said: string): string {
  if (/clock skew|skew too great/i.test(said)) {
    return `The clock of this machine and the domain’s differ by more than five minutes: set up NTP (${said}).`
  }
  if (/NO_LOGON_SERVERS|DOMAIN_CONTROLLER_NOT_FOUND|HOST_UNREACHABLE|IO_TIMEOUT|CONNECTION_/i.test(said)) {
    return `winbind reaches no domain controller: check DNS and the network (${said}).`
  }
  return `This machine is not joined to a domain, or its account there is gone: net ads join -U Administrator (${said}).`
}

function explainHelper(detail: string): string {
  if (/Reading winbind reply failed|ACCESS_DENIED/i.test(detail)) {
    const { username } = userInfo()
    return `winbind runs, but this server may not use its privileged pipe: add the user ${username} to the group winbindd_priv (usermod -aG winbindd_priv ${username}) and start the server again.`
  }
  if (/NO_LOGON_SERVERS|no logon servers/i.test(detail)) return `winbind reaches no domain controller (${detail}).`
  return `ntlm_auth could not ask: ${detail}`
}

/** What a program said, shortened to one line; never rejects. */
function run(program: string, args: readonly string[]): Promise<{ readonly ok: boolean; readonly said: string }> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: limitMs, maxBuffer: 64 * 1024 }, (error, stdout, stderr) => {
      const text = `${stdout}\n${stderr}`.trim().replace(/\s+/g, ' ')
      resolve({ ok: error === null, said: (text === '' ? (error?.message ?? '') : text).slice(0, 300) })
    })
  })
}
