/** A FreeRADIUS that keeps accounting: what it was sent can be read, and what it must not answer is named. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { CertificateFiles } from './certificates.ts'
import { general, listen } from './freeradius-config.ts'
import { runFreeRadius, type FreeRadiusProcess } from './freeradius.ts'
import { freeTcpPort, freeUdpPort } from './ports.ts'

export interface FreeRadiusAccountingOptions {
  /** A port to come back on; one that is free unless told. */
  readonly port?: number
  /** `testing123` unless told. */
  readonly secret?: string
  /** Over RadSec alone, then; a client certificate is required. */
  readonly radsec?: { readonly certificate: CertificateFiles; readonly caFile: string }
  /** Records of this User-Name are written down and not answered. */
  readonly unanswered?: string
}

export interface RunningFreeRadiusAccounting extends FreeRadiusProcess {
  readonly host: string
  /** UDP, or TCP for RadSec. */
  readonly port: number
  readonly secret: string
  /** What came, in its order: attributes by name, values as FreeRADIUS writes them, text without its quotes. */
  records(): Promise<readonly Readonly<Record<string, string>>[]>
}

export async function startFreeRadiusAccounting(
  options: FreeRadiusAccountingOptions = {},
): Promise<RunningFreeRadiusAccounting> {
  const { secret = 'testing123', radsec } = options
  const port = options.port ?? (await (radsec ? freeTcpPort() : freeUdpPort()))
  let file = ''
  const running = await runFreeRadius((folder) => {
    file = join(folder, 'detail')
    return { 'radiusd.conf': configuration(folder, port, secret, options) }
  })
  return { host: '127.0.0.1', port, secret, ...running, records: () => read(file) }
}

function configuration(folder: string, port: number, secret: string, options: FreeRadiusAccountingOptions): string {
  const { radsec, unanswered } = options
  const own = unanswered === undefined ? '' : `if (&User-Name == "${unanswered}") {\n      do_not_respond\n    }`
  return `${general({ folder, secret, threads: 8 })}
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
  always handled {
    rcode = handled
  }
  detail {
    filename = \${logdir}/detail
    permissions = 0600
    locking = yes
  }
}
policy {
  do_not_respond {
    update control {
      &Response-Packet-Type := Do-Not-Respond
    }
    handled
  }
}
server accounting {
${radsec ? tlsListener(port, radsec) : listen('acct', port)}
  preacct {
    ok
  }
  accounting {
    detail
    ${own}
    ok
  }
}
`
}

/** TLS 1.2, as Debian ships it. */
function tlsListener(
  port: number,
  { certificate, caFile }: NonNullable<FreeRadiusAccountingOptions['radsec']>,
): string {
  return `  listen {
    type = auth+acct
    ipaddr = 127.0.0.1
    port = ${port}
    proto = tcp
    clients = radsec
    limit {
      max_connections = 16
      lifetime = 0
      idle_timeout = 300
    }
    tls {
      private_key_file = ${certificate.key}
      certificate_file = ${certificate.certificate}
      ca_file = ${caFile}
      cipher_list = "DEFAULT"
      tls_min_version = "1.2"
      tls_max_version = "1.2"
      require_client_cert = yes
      cache {
        enable = no
      }
    }
  }`
}

async function read(file: string): Promise<readonly Readonly<Record<string, string>>[]> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text
    .split('\n\n')
    .filter((entry) => entry.trim() !== '')
    .map((entry) =>
      Object.fromEntries(
        [...entry.matchAll(/^\t(\S+) = (.*)$/gm)].map(([, name = '', value = '']) => [
          name,
          value.replace(/^"|"$/g, ''),
        ]),
      ),
    )
}
