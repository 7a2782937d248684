/** Starts FreeRADIUS as a proxy over UDP, in front of home servers that are asked in their order: our peer where we are one. */
import { general, listen } from './freeradius-config.ts'
import { runFreeRadius, type FreeRadiusProcess } from './freeradius.ts'
import { freeUdpPort } from './ports.ts'

export interface FreeRadiusUdpProxyOptions {
  /** Authentication ports of the home servers on 127.0.0.1, the first that lives is asked. */
  readonly homePorts: readonly number[]
  /** Of the home servers and of the proxy's own clients. */
  readonly secret: string
  /** How long a home server may take before the next is asked: 20 s unless told. */
  readonly responseWindowSeconds?: number
}

export interface RunningFreeRadiusUdpProxy extends FreeRadiusProcess {
  readonly host: string
  readonly port: number
}

export async function startFreeRadiusUdpProxy(options: FreeRadiusUdpProxyOptions): Promise<RunningFreeRadiusUdpProxy> {
  const port = await freeUdpPort()
  const running = await runFreeRadius((folder) => ({ 'radiusd.conf': configuration(folder, port, options) }))
  return { host: '127.0.0.1', port, ...running }
}

function configuration(
  folder: string,
  port: number,
  { homePorts, secret, responseWindowSeconds = 20 }: FreeRadiusUdpProxyOptions,
): string {
  // The last word of a configuration counts.
  const base = general({ folder, secret, threads: 16 }).replace('proxy_requests = no', 'proxy_requests = yes')
  return `${base}
proxy server {
  default_fallback = no
}
${homePorts.map((home, index) => homeServer(`home${index}`, home, secret, responseWindowSeconds)).join('\n')}
home_server_pool homes {
  type = fail-over
${homePorts.map((_, index) => `  home_server = home${index}`).join('\n')}
}
realm homes {
  auth_pool = homes
  nostrip
}
modules {
}
server front {
${listen('auth', port)}
  authorize {
    update control {
      &Proxy-To-Realm := "homes"
    }
  }
  authenticate {
  }
}
`
}

function homeServer(name: string, port: number, secret: string, responseWindowSeconds: number): string {
  return `home_server ${name} {
  type = auth
  ipaddr = 127.0.0.1
  port = ${port}
  secret = ${secret}
  response_window = ${responseWindowSeconds}
  zombie_period = ${2 * responseWindowSeconds}
  status_check = status-server
  check_interval = 6
  num_answers_to_alive = 3
  max_outstanding = 65536
}`
}
