/** Starts a private OpenLDAP server on loopback, with the users that a test asks for. */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { type CertificateFiles } from './certificates.ts'
import { freeTcpPort } from './ports.ts'
import { acceptsTcp, startProcess } from './process.ts'
import { directoryLdif, slapdConfiguration, type SlapdUser } from './slapd-content.ts'

export interface SlapdOptions {
  /** alice, bob and carol (alicepw, bobpw, carolpw) unless told. `numberedUsers` makes u1, u2, …. */
  readonly users?: readonly SlapdUser[]
  /** Further entries in LDIF, below `dc=sallyport,dc=test`; added after the users. */
  readonly ldif?: string
  /** With certificates the server speaks StartTLS and LDAPS; without, `ldaps://` is not served. */
  readonly certificates?: { readonly caFile: string; readonly server: CertificateFiles }
  /** Password policy (lock-out after 5 failures, expiry after 90 days, change after reset); off unless told. */
  readonly ppolicy?: boolean
  /** Fixed ports, for a server that takes another's place; picked by the system unless told. */
  readonly port?: number
  readonly ldapsPort?: number
  /** Lines for slapd.conf's database section, such as `limits` or a referral. */
  readonly databaseLines?: readonly string[]
  /** slapd's worker threads (8). */
  readonly threads?: number
}

export interface RunningSlapd {
  readonly ldapPort: number
  readonly ldapsPort: number
  /** `ldap://127.0.0.1:port` */
  readonly url: string
  /** `ldaps://127.0.0.1:port`; refused when no certificates were given. */
  readonly ldapsUrl: string
  readonly baseDn: string
  /** A service account that may read everything but passwords. */
  readonly bindDn: string
  readonly bindPassword: string
  /** The directory's manager: no policy, no limits. */
  readonly adminDn: string
  readonly adminPassword: string
  userDn(uid: string): string
  /** The process that runs now: another one after `restart`. */
  readonly pid: number
  /** Ends the server and keeps its data for `restart`; a stopped (SIGSTOP) one ends with SIGKILL. */
  stop(signal?: NodeJS.Signals): Promise<void>
  /** Starts it again on the same ports with the same data; stops it first if it runs. */
  restart(): Promise<void>
  /** Stops it and deletes its data. */
  remove(): Promise<void>
}

/** Starts `slapd -d 0` in the foreground on 127.0.0.1 and resolves when it accepts connections. */
export async function startSlapd(options: SlapdOptions = {}): Promise<RunningSlapd> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-slapd-'))
  const configuration = join(folder, 'slapd.conf')
  const ldif = join(folder, 'content.ldif')
  await Promise.all(['db', 'run'].map((name) => mkdir(join(folder, name))))
  await Promise.all([
    writeFile(configuration, slapdConfiguration({ ...options, folder })),
    writeFile(ldif, directoryLdif(options)),
  ])
  await promisify(execFile)('slapadd', ['-q', '-f', configuration, '-l', ldif])

  const { ldapPort, ldapsPort, start, ...started } = await onFreePorts(options, configuration)
  let { running } = started
  const url = `ldap://127.0.0.1:${ldapPort}`
  const ldapsUrl = `ldaps://127.0.0.1:${ldapsPort}`

  const stop = (signal?: NodeJS.Signals) => running.stop(signal)
  return {
    ldapPort,
    ldapsPort,
    url,
    ldapsUrl,
    baseDn: 'dc=sallyport,dc=test',
    bindDn: 'uid=service,dc=sallyport,dc=test',
    bindPassword: 'servicepw',
    adminDn: 'cn=admin,dc=sallyport,dc=test',
    adminPassword: 'adminpw',
    userDn: (uid) => `uid=${uid},ou=people,dc=sallyport,dc=test`,
    get pid() {
      return running.pid
    },
    stop,
    restart: async () => {
      await stop()
      running = await start()
    },
    remove: async () => {
      await stop('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Between its being found free and slapd's taking it, a port may have become somebody else's. */
const portTries = 3

async function onFreePorts(options: SlapdOptions, configuration: string) {
  for (let tries = 1; ; tries++) {
    const ldapPort = options.port ?? (await freeTcpPort())
    const ldapsPort = options.ldapsPort ?? (await freeTcpPort())
    const listeners = [
      `ldap://127.0.0.1:${ldapPort}`,
      ...(options.certificates ? [`ldaps://127.0.0.1:${ldapsPort}`] : []),
    ]
    const start = () =>
      startProcess({
        command: 'slapd',
        args: ['-h', listeners.join(' '), '-f', configuration, '-d', '0'],
        isReady: () => acceptsTcp(ldapPort),
      })
    try {
      return { ldapPort, ldapsPort, start, running: await start() }
    } catch (error) {
      if (tries === portTries || options.port !== undefined || options.ldapsPort !== undefined) throw error
    }
  }
}
