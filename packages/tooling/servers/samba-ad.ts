/**
 * Starts a Samba Active Directory domain controller with winbind: a real Windows domain for tests. Its ports are fixed, so each
 * has a loopback address of its own; winbind's socket has a fixed path, so each has its own view of `/run/samba`. Needs root.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export interface SambaUser {
  readonly name: string
  readonly password: string
  /** Another userPrincipalName than `name@sallyport.test`. */
  readonly principal?: string
  readonly state?: 'disabled' | 'must-change' | 'password-expired' | 'account-expired'
}

export interface SambaGroup {
  readonly name: string
  /** Users and other groups, by name. */
  readonly members: readonly string[]
  /** Members whose primary group it is, in place of Domain Users. */
  readonly primaryOf?: readonly string[]
}

export interface RunningSambaAd {
  /** `sallyport.test` */
  readonly domain: string
  /** `SALLYPORT` */
  readonly netbiosName: string
  /** The loopback address that LDAP (389), LDAPS (636) and DNS (53) are served on; its certificate names it. */
  readonly address: string
  readonly caPem: string
  /** Holds `ntlm_auth` and `wbinfo` as a machine sees them that is joined to this domain. */
  readonly binFolder: string
  /** Ends the controller and winbind, and keeps the data for `restart`. */
  stop(): Promise<void>
  restart(): Promise<void>
  /** Stops it and deletes its data. */
  remove(): Promise<void>
}

const domain = 'sallyport.test'
const netbiosName = 'SALLYPORT'
const readyWithinMs = 60_000
const run = promisify(execFile)
const usersScript = fileURLToPath(new URL('./samba-ad-users.py', import.meta.url))

/** Three wrong passwords lock an account; passwords last 42 days. Resolves when LDAPS and winbind answer. */
export async function startSambaAd(
  users: readonly SambaUser[],
  groups: readonly SambaGroup[] = [],
): Promise<RunningSambaAd> {
  if (process.getuid?.() !== 0) throw new Error('a domain controller has fixed ports below 1024: run this as root')
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-samba-'))
  const address = `127.${randomInt(64, 254)}.${randomInt(1, 254)}.1`
  await provision(folder, address)
  await addUsers(folder, { users, groups })
  const [wbinfo, ntlmAuth] = [join(folder, 'bin/wbinfo'), join(folder, 'bin/ntlm_auth')]
  let controller: ChildProcess

  async function start(): Promise<void> {
    // A mount namespace of its own: winbind's socket has its path compiled in.
    const script = `mount --make-rprivate / && mkdir -p /run/samba && mount -t tmpfs none /run/samba && mkdir /run/samba/winbindd && exec samba -F --no-process-group -s ${folder}/etc/smb.conf`
    controller = spawn('unshare', ['-m', 'sh', '-c', script], {
      env: { ...process.env, KRB5_CONFIG: join(folder, 'krb5.conf') },
      stdio: 'ignore',
      // A process group of its own, so that its forty processes are ended together.
      detached: true,
    })
    const inside = `exec nsenter -t ${String(controller.pid)} -m --`
    await writeScript(wbinfo, `${inside} wbinfo "$@"`)
    await writeScript(ntlmAuth, `${inside} ntlm_auth --configfile=${folder}/etc/smb.conf "$@"`)
    const deadline = Date.now() + readyWithinMs
    while (!((await accepts(address, 636)) && (await succeeds(wbinfo, '-t')))) {
      if (controller.exitCode !== null) throw new Error(`samba ended: see ${folder}/log`)
      if (Date.now() > deadline) throw new Error('samba did not serve in time')
      await delay(200)
    }
  }

  async function stop(): Promise<void> {
    if (controller.exitCode !== null || controller.signalCode !== null || controller.pid === undefined) return
    const ended = new Promise((resolve) => controller.once('exit', resolve))
    process.kill(-controller.pid, 'SIGKILL')
    await ended
  }

  await start()
  return {
    domain,
    netbiosName,
    address,
    caPem: await readFile(join(folder, 'private/tls/cert.pem'), 'utf8'),
    binFolder: join(folder, 'bin'),
    stop,
    restart: async () => {
      await stop()
      await start()
    },
    remove: async () => {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function provision(folder: string, address: string): Promise<void> {
  await Promise.all(['run', 'log', 'cache', 'lock', 'ncalrpc', 'ntp', 'bin'].map((name) => mkdir(join(folder, name))))
  await run('samba-tool', [
    ...['domain', 'provision', `--targetdir=${folder}`, `--realm=${domain.toUpperCase()}`, `--domain=${netbiosName}`],
    ...['--server-role=dc', '--dns-backend=SAMBA_INTERNAL', '--adminpass=Adm1n-Passw0rd', '--host-name=dc1'],
    ...[`--host-ip=${address}`, '--option=interfaces=lo', '--option=bind interfaces only=yes'],
  ])
  await mkdir(join(folder, 'private/tls'), { recursive: true })
  const [certificate, key] = [join(folder, 'private/tls/cert.pem'), join(folder, 'private/tls/key.pem')]
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30'],
    ...['-subj', `/CN=dc1.${domain}`, '-keyout', key, '-out', certificate],
    ...['-addext', `subjectAltName=DNS:dc1.${domain},IP:${address}`],
  ])
  await chmod(key, 0o600)
  await writeFile(join(folder, 'etc/smb.conf'), configuration(folder, address))
  await writeFile(join(folder, 'krb5.conf'), kerberos(address))
}

async function addUsers(
  folder: string,
  content: { readonly users: readonly SambaUser[]; readonly groups: readonly SambaGroup[] },
): Promise<void> {
  const filling = run('/usr/bin/python3', [usersScript, folder])
  filling.child.stdin?.end(JSON.stringify(content))
  await filling
}

async function writeScript(path: string, body: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\n${body}\n`)
  await chmod(path, 0o755)
}

async function succeeds(program: string, ...args: string[]): Promise<boolean> {
  return run(program, args, { timeout: 5_000 }).then(
    () => true,
    () => false,
  )
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

function configuration(folder: string, address: string): string {
  return `[global]
  netbios name = DC1
  realm = ${domain.toUpperCase()}
  workgroup = ${netbiosName}
  server role = active directory domain controller
  server services = rpc, ldap, cldap, kdc, winbindd, s3fs, dns
  interfaces = ${address}/8
  bind interfaces only = yes
  dns forwarder = none
  private dir = ${folder}/private
  state directory = ${folder}/state
  cache directory = ${folder}/cache
  lock directory = ${folder}/lock
  pid directory = ${folder}/run
  ncalrpc dir = ${folder}/ncalrpc
  binddns dir = ${folder}/bind-dns
  ntp signd socket directory = ${folder}/ntp
  log file = ${folder}/log/log.%m
  logging = file
  disable netbios = yes
  load printers = no
  printing = bsd
  printcap name = /dev/null
  tls enabled = yes
  tls keyfile = ${folder}/private/tls/key.pem
  tls certfile = ${folder}/private/tls/cert.pem
  tls cafile = ${folder}/private/tls/cert.pem
  ntlm auth = mschapv2-and-ntlmv2-only
  ldap server require strong auth = yes
[sysvol]
  path = ${folder}/state/sysvol
  read only = No
[netlogon]
  path = ${folder}/state/sysvol/${domain}/scripts
  read only = No
`
}

function kerberos(address: string): string {
  return `[libdefaults]
  default_realm = ${domain.toUpperCase()}
  dns_lookup_realm = false
  dns_lookup_kdc = false
  rdns = false
[realms]
  ${domain.toUpperCase()} = {
    kdc = ${address}:88
    kpasswd_server = ${address}:464
  }
[domain_realm]
  .${domain} = ${domain.toUpperCase()}
  ${domain} = ${domain.toUpperCase()}
`
}
