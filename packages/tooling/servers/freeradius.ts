/** Starts a private FreeRADIUS on loopback: a real server for our client, and the peer of our benchmarks. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import {
  ldapConfiguration,
  usersFileConfiguration,
  type ChallengeCode,
  type EapFiles,
  type LdapSource,
} from './freeradius-config.ts'
import { freeUdpPort } from './ports.ts'
import { startProcess } from './process.ts'

export interface FreeRadiusUser {
  readonly name: string
  readonly password: string
  /** 32 hexadecimal digits: what is kept in place of the password, which alone MS-CHAP can be checked with. */
  readonly ntHash?: string
  /** Lines for the reply, as `Class := 0x616263`. */
  readonly reply?: readonly string[]
}

interface FreeRadiusOptions {
  /** `testing123` unless told. */
  readonly secret?: string
  /** What a challenge asks for; the static code 123456 unless told. */
  readonly code?: ChallengeCode
  /** Worker threads at most; 16. */
  readonly threads?: number
  readonly requireMessageAuthenticator?: boolean
  /** Where the password port is, 127.0.0.1 or ::1; the others are on 127.0.0.1. */
  readonly address?: string
}

export interface FreeRadiusUsersOptions extends FreeRadiusOptions {
  /** alice (alicepw, with a Reply-Message) and bob (bobpw, with a Class) unless told. */
  readonly users?: readonly FreeRadiusUser[]
  /** With it, EAP-MD5 and PEAP are spoken on the password port. */
  readonly eap?: EapFiles
}

export interface FreeRadiusLdapOptions extends FreeRadiusOptions {
  readonly ldap: LdapSource
}

export interface RunningFreeRadius {
  readonly host: string
  /** Answers with Access-Accept or Access-Reject. */
  readonly passwordPort: number
  /** Answers a right password with Access-Challenge, and the code after it with Access-Accept. */
  readonly challengePort: number
  readonly secret: string
  readonly pid: number
  output(): string
  /** Ends the server and deletes its folder. */
  stop(): Promise<void>
}

const someUsers: readonly FreeRadiusUser[] = [
  { name: 'alice', password: 'alicepw', reply: ['Reply-Message := "Hello alice"'] },
  { name: 'bob', password: 'bobpw', reply: ['Class := 0x616263'] },
]

/** Starts FreeRADIUS with a users file; accounting is acknowledged and forgotten. */
export async function startFreeRadius(
  options: FreeRadiusUsersOptions = {},
): Promise<RunningFreeRadius & { readonly accountingPort: number }> {
  const accountingPort = await freeUdpPort()
  const running = await start(options, (base) => ({
    'radiusd.conf': usersFileConfiguration({ ...base, accountingPort, ...(options.eap && { eap: options.eap }) }),
    users: (options.users ?? someUsers).map(usersEntry).join('\n'),
  }))
  return { ...running, accountingPort }
}

/** Starts FreeRADIUS in front of an LDAP directory: search, then bind. */
export async function startFreeRadiusLdap(options: FreeRadiusLdapOptions): Promise<RunningFreeRadius> {
  return start(options, (base) => ({ 'radiusd.conf': ldapConfiguration({ ...base, ldap: options.ldap }) }))
}

type Base = Omit<Parameters<typeof ldapConfiguration>[0], 'ldap'>

async function start(
  options: FreeRadiusOptions,
  files: (base: Base) => Readonly<Record<string, string>>,
): Promise<RunningFreeRadius> {
  const [passwordPort, challengePort] = [await freeUdpPort(), await freeUdpPort()]
  const secret = options.secret ?? 'testing123'
  const running = await runFreeRadius((folder) =>
    files({
      folder,
      secret,
      passwordPort,
      challengePort,
      code: options.code ?? { kind: 'static', code: '123456' },
      threads: options.threads ?? 16,
      ...(options.address !== undefined && { address: options.address }),
      ...(options.requireMessageAuthenticator !== undefined && {
        requireMessageAuthenticator: options.requireMessageAuthenticator,
      }),
    }),
  )
  return { host: options.address ?? '127.0.0.1', passwordPort, challengePort, secret, ...running }
}

/** A FreeRADIUS that runs in a folder of its own. */
export interface FreeRadiusProcess {
  readonly pid: number
  output(): string
  /** Ends the server and deletes its folder. */
  stop(): Promise<void>
}

/** Starts FreeRADIUS with these files, by name, in a new folder. */
export async function runFreeRadius(
  files: (folder: string) => Readonly<Record<string, string>>,
): Promise<FreeRadiusProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-freeradius-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    await mkdir(join(folder, 'run'), { mode: 0o700 })
    const content = { dictionary: '$INCLUDE /usr/share/freeradius/dictionary\n', ...files(folder) }
    // The configuration holds secrets, and FreeRADIUS refuses one that others may write.
    await Promise.all(
      Object.entries(content).map(([name, text]) => writeFile(join(folder, name), text, { mode: 0o600 })),
    )
    const running = await startProcess({
      command: 'freeradius',
      args: ['-d', folder, '-n', 'radiusd', '-f', '-l', 'stdout'],
      isReady: (output) => output.includes('Ready to process'),
    })
    return {
      pid: running.pid,
      output: () => running.output(),
      async stop() {
        await running.stop()
        await remove()
      },
    }
  } catch (error) {
    await remove()
    throw error
  }
}

/** The entry of one user in a users file. */
export function usersEntry({ name, password, ntHash, reply = [] }: FreeRadiusUser): string {
  const known = ntHash === undefined ? `Cleartext-Password := "${password}"` : `NT-Password := 0x${ntHash}`
  return `${name}\t${known}\n${reply.map((line) => `\t${line}`).join(',\n')}\n`
}
