// The third-party programs that tests talk to: which are missing, how Debian installs them, and who fails without them.
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './run.mjs'

/**
 * @typedef {object} Program
 * @property {string} name what is missing, for people
 * @property {string} debian the Debian package that has it
 * @property {string} [command] it is there if this is on the PATH or in a system folder
 * @property {string} [file] it is there if this file is
 * @property {readonly string[]} suites the suites that fail without it
 */

/** @type {readonly Program[]} */
export const programs = [
  { name: 'FreeRADIUS', debian: 'freeradius', command: 'freeradius', suites: ['packages/radius', 'e2e'] },
  { name: 'radclient', debian: 'freeradius-utils', command: 'radclient', suites: ['packages/radius', 'e2e'] },
  {
    name: "FreeRADIUS's LDAP module",
    debian: 'freeradius-ldap',
    file: '/usr/lib/freeradius/rlm_ldap.so',
    suites: ['e2e'],
  },
  {
    name: 'OpenLDAP server',
    debian: 'slapd',
    command: 'slapd',
    suites: ['packages/directory', 'packages/tooling', 'e2e'],
  },
  { name: 'LDAP client', debian: 'ldap-utils', command: 'ldapwhoami', suites: ['packages/tooling', 'e2e'] },
  ...[
    { name: 'Samba domain controller', debian: 'samba-ad-dc', file: '/usr/sbin/samba' },
    { name: 'Samba tools', debian: 'samba', command: 'samba-tool' },
    { name: 'Samba domain templates', debian: 'samba-ad-provision', file: '/usr/share/samba/setup/provision.ldif' },
    { name: 'Samba winbind', debian: 'winbind', command: 'ntlm_auth' },
    { name: 'Kerberos client', debian: 'krb5-user', command: 'kinit' },
  ].map((program) => ({ ...program, suites: ['apps/server'] })),
  { name: 'eapol_test', debian: 'eapoltest', command: 'eapol_test', suites: ['apps/server'] },
  { name: 'oathtool', debian: 'oathtool', command: 'oathtool', suites: ['apps/server', 'apps/portal', 'e2e'] },
  { name: 'systemd-analyze', debian: 'systemd', command: 'systemd-analyze', suites: ['apps/server'] },
  { name: 'pskctool', debian: 'pskctool', command: 'pskctool', suites: ['apps/server'] },
  {
    name: "Python's PSKC library",
    debian: 'python3-pskc',
    file: '/usr/lib/python3/dist-packages/pskc/__init__.py',
    suites: ['apps/server'],
  },
  { name: 'pskc2csv', debian: 'pskc-utils', command: 'pskc2csv', suites: ['apps/server'] },
  { name: 'rsyslog', debian: 'rsyslog', command: 'rsyslogd', suites: ['apps/server', 'packages/tooling'] },
  {
    name: "rsyslog's TLS",
    debian: 'rsyslog-gnutls',
    file: '/var/lib/dpkg/info/rsyslog-gnutls.list',
    suites: ['apps/server', 'packages/tooling'],
  },
  { name: 'promtool', debian: 'prometheus', command: 'promtool', suites: ['apps/server'] },
  { name: 'openssl', debian: 'openssl', command: 'openssl', suites: ['packages/directory', 'packages/tooling'] },
  { name: 'Chromium', debian: 'chromium', command: 'chromium', suites: ['e2e'] },
  { name: 'Firefox', debian: 'firefox-esr', command: 'firefox-esr', suites: ['e2e'] },
  { name: 'ps', debian: 'procps', command: 'ps', suites: ['e2e'] },
  { name: 'C compiler', debian: 'gcc', command: 'gcc', suites: ['e2e'] },
  { name: 'C library headers', debian: 'libc6-dev', file: '/usr/include/stdio.h', suites: ['e2e'] },
  { name: 'OpenSSL headers', debian: 'libssl-dev', file: '/usr/include/openssl/evp.h', suites: ['e2e'] },
]

/** Debian starts a service as soon as it is installed: the policy keeps the ports free for the tests' own servers. */
const installScript = `set -e
export DEBIAN_FRONTEND=noninteractive
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\\nexit 101\\n' > "$policy"
  chmod 755 "$policy"
  trap 'rm -f "$policy"' EXIT
fi
apt-get update -q || true
apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=120 "$@"
`

/** Installs what is missing where apt-get may be used, and says which suites will fail for want of what is not there. */
export async function ensurePrograms() {
  const missing = programs.filter((program) => !isPresent(program))
  if (missing.length === 0) return
  const prefix = await installPrefix()
  if (prefix) {
    const names = missing.map(({ debian }) => debian)
    console.log(`Installing what the tests talk to: ${names.join(' ')} …`)
    const [command = 'sh', ...args] = [...prefix, 'sh', '-c', installScript, 'sh', ...names]
    await run(command, args, { quiet: true, limitMs: 10 * 60_000 })
  }
  const absent = programs.filter((program) => !isPresent(program))
  if (absent.length > 0) console.error(complaint(absent))
}

/**
 * What to tell a person whose machine lacks programs.
 * @param {readonly Program[]} absent
 */
export function complaint(absent) {
  const lines = absent.map(
    ({ name, debian, suites }) => `  ${name} (Debian: ${debian}): ${suites.join(', ')} will fail`,
  )
  return ['Missing, and not to be installed from here:', ...lines].join('\n')
}

/** @param {Program} program */
function isPresent({ command, file }) {
  if (file) return existsSync(file)
  return command !== undefined && findCommand(command) !== undefined
}

/** @param {string} command */
function findCommand(command) {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/local/sbin']
  return folders.filter(Boolean).find((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** What to put in front of a command so that it may install packages; undefined where nothing helps. */
async function installPrefix() {
  if (!findCommand('apt-get')) return undefined
  if (process.getuid?.() === 0) return []
  if (!findCommand('sudo')) return undefined
  return (await run('sudo', ['-n', 'true'], { quiet: true })) === 0 ? ['sudo', '-n'] : undefined
}
