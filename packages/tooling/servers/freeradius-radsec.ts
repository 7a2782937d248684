/** FreeRADIUS on both ends of RadSec: a server for our client, and a proxy whose home server is ours. */
import { general, listen, passwordSections } from './freeradius-config.ts'
import { runFreeRadius, usersEntry, type FreeRadiusProcess, type FreeRadiusUser } from './freeradius.ts'
import type { CertificateFiles } from './certificates.ts'
import { freeTcpPort, freeUdpPort } from './ports.ts'

interface TlsFiles {
  readonly certificate: CertificateFiles
  /** Path of the authority that the other side must chain to, PEM. */
  readonly caFile: string
}

export interface FreeRadiusRadsecOptions extends TlsFiles {
  readonly users: readonly FreeRadiusUser[]
  /** A port to come back on; one that is free unless told. */
  readonly port?: number
}

export interface RunningFreeRadiusRadsec extends FreeRadiusProcess {
  readonly host: string
  /** TCP: authentication and accounting, a client certificate required. */
  readonly port: number
}

/** Starts FreeRADIUS with a users file behind RadSec alone. */
export async function startFreeRadiusRadsec(options: FreeRadiusRadsecOptions): Promise<RunningFreeRadiusRadsec> {
  const port = options.port ?? (await freeTcpPort())
  const running = await runFreeRadius((folder) => ({
    'radiusd.conf': serverConfiguration(folder, port, options),
    users: options.users.map(usersEntry).join('\n'),
  }))
  return { host: '127.0.0.1', port, ...running }
}

export interface FreeRadiusProxyOptions extends TlsFiles {
  /** Where the home server listens for RadSec: 127.0.0.1 and this TCP port. */
  readonly homePort: number
}

export interface RunningFreeRadiusProxy extends FreeRadiusProcess {
  readonly host: string
  /** UDP. */
  readonly port: number
  readonly accountingPort: number
  readonly secret: string
}

/** Starts FreeRADIUS as a proxy: UDP in, RadSec out. */
export async function startFreeRadiusProxy(options: FreeRadiusProxyOptions): Promise<RunningFreeRadiusProxy> {
  const [port, accountingPort, secret] = [await freeUdpPort(), await freeUdpPort(), 'testing123']
  const running = await runFreeRadius((folder) => ({
    'radiusd.conf': proxyConfiguration(folder, { port, accountingPort, secret }, options),
  }))
  return { host: '127.0.0.1', port, accountingPort, secret, ...running }
}

/** TLS 1.2, as Debian ships it: over 1.3, FreeRADIUS 3.2.1 sends its first request and reads no answer. */
function tls({ certificate, caFile }: TlsFiles, more: readonly string[] = []): string {
  return `tls {
      private_key_file = ${certificate.key}
      certificate_file = ${certificate.certificate}
      ca_file = ${caFile}
      cipher_list = "DEFAULT"
      tls_min_version = "1.2"
      tls_max_version = "1.2"
      ${more.join('\n      ')}
    }`
}

function serverConfiguration(folder: string, port: number, options: FreeRadiusRadsecOptions): string {
  return `${general({ folder, secret: 'unused', threads: 8 })}
clients radsec {
  client loopback {
    ipaddr = 127.0.0.0/8
    proto = tls
    secret = radsec
  }
}
modules {
  always ok {
    rcode = ok
  }
  files {
    filename = \${confdir}/users
  }
  pap {
  }
  chap {
  }
  mschap {
    use_mppe = yes
  }
}
server radsec {
  listen {
    type = auth+acct
    ipaddr = 127.0.0.1
    port = ${port}
    proto = tcp
    clients = radsec
    limit {
      max_connections = 64
      lifetime = 0
      idle_timeout = 300
    }
    ${tls(options, ['require_client_cert = yes', 'cache {', '  enable = no', '}'])}
  }
${passwordSections}
}
`
}

function proxyConfiguration(
  folder: string,
  front: { readonly port: number; readonly accountingPort: number; readonly secret: string },
  options: FreeRadiusProxyOptions,
): string {
  // The first section turns proxying off; the last word of a configuration counts.
  const base = general({ folder, secret: front.secret, threads: 8 }).replace(
    'proxy_requests = no',
    'proxy_requests = yes',
  )
  return `${base}
proxy server {
  default_fallback = no
}
home_server radsec {
  type = auth+acct
  ipaddr = 127.0.0.1
  port = ${options.homePort}
  proto = tcp
  secret = radsec
  status_check = none
  ${tls(options)}
}
home_server_pool radsec {
  type = fail-over
  home_server = radsec
}
realm radsec {
  pool = radsec
  nostrip
}
modules {
}
server front {
${listen('auth', front.port)}
${listen('acct', front.accountingPort)}
  authorize {
    update control {
      &Proxy-To-Realm := "radsec"
    }
  }
  authenticate {
  }
  preacct {
    update control {
      &Proxy-To-Realm := "radsec"
    }
  }
  accounting {
  }
}
`
}
