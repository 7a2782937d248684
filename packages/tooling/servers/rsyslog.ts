/** Starts a private rsyslog on loopback that takes syslog over UDP, TCP and TLS and writes down all that it was told. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type CertificateFiles } from './certificates.ts'
import { freeTcpPort, freeUdpPort } from './ports.ts'
import { acceptsTcp, startProcess, type RunningProcess } from './process.ts'

export interface RsyslogOptions {
  readonly certificates: { readonly caFile: string; readonly server: CertificateFiles }
  /** Over TLS only whoever shows a certificate of the same authority; off unless told. */
  readonly wantsClientCertificate?: boolean
}

/** A message as rsyslog understood it. */
export interface RsyslogMessage {
  readonly msg: string
  readonly rawmsg: string
  readonly hostname: string
  readonly programname: string
  /** The facility's and the severity's numbers in one: RFC 5424 §6.2.1. */
  readonly pri: string
  readonly msgid: string
  readonly timereported: string
  readonly 'structured-data': string
}

export interface RunningRsyslog {
  readonly udpPort: number
  readonly tcpPort: number
  readonly tlsPort: number
  /** Everything that it wrote down so far, in order. */
  messages(): Promise<readonly RsyslogMessage[]>
  /** Ends it; SIGKILL unless told. What it wrote down stays. */
  stop(signal?: NodeJS.Signals): Promise<void>
  /** Starts it again on the same ports. */
  restart(): Promise<void>
  /** Stops it and deletes what it wrote. */
  remove(): Promise<void>
}

/** Starts `rsyslogd -n` on 127.0.0.1 and resolves when it accepts connections. */
export async function startRsyslog(options: RsyslogOptions): Promise<RunningRsyslog> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-rsyslog-'))
  const configuration = join(folder, 'rsyslog.conf')
  const log = join(folder, 'messages')
  const [udpPort, tcpPort, tlsPort] = await Promise.all([freeUdpPort(), freeTcpPort(), freeTcpPort()])
  await writeFile(configuration, configurationOf(options, { folder, log, udpPort, tcpPort, tlsPort }))
  const start = () =>
    startProcess({
      command: 'rsyslogd',
      args: ['-n', '-f', configuration, '-i', join(folder, 'pid')],
      isReady: async () => (await acceptsTcp(tcpPort)) && (await acceptsTcp(tlsPort)),
    })
  let running: RunningProcess = await start()
  return {
    udpPort,
    tcpPort,
    tlsPort,
    async messages() {
      const text = await readFile(log, 'utf8').catch(() => '')
      // The last line may be half written.
      return text
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as RsyslogMessage)
    },
    stop: (signal = 'SIGKILL') => running.stop(signal),
    async restart() {
      await running.stop('SIGKILL')
      await rm(join(folder, 'pid'), { force: true })
      running = await start()
    },
    async remove() {
      await running.stop('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

interface Places {
  readonly folder: string
  readonly log: string
  readonly udpPort: number
  readonly tcpPort: number
  readonly tlsPort: number
}

function configurationOf({ certificates, wantsClientCertificate = false }: RsyslogOptions, places: Places): string {
  const { caFile, server } = certificates
  const { folder, log, udpPort, tcpPort, tlsPort } = places
  const proof = wantsClientCertificate ? 'x509/certvalid' : 'anon'
  return `global(workDirectory="${folder}" maxMessageSize="16k"
  DefaultNetstreamDriver="gtls" DefaultNetstreamDriverCAFile="${caFile}"
  DefaultNetstreamDriverCertFile="${server.certificate}" DefaultNetstreamDriverKeyFile="${server.key}")
module(load="imudp")
module(load="imptcp")
module(load="imtcp" StreamDriver.Name="gtls" StreamDriver.Mode="1" StreamDriver.AuthMode="${proof}")
template(name="json" type="string" string="%jsonmesg%\\n")
ruleset(name="write") { action(type="omfile" file="${log}" template="json" asyncWriting="off" flushOnTXEnd="on") }
input(type="imudp" address="127.0.0.1" port="${udpPort}" ruleset="write")
input(type="imptcp" address="127.0.0.1" port="${tcpPort}" ruleset="write")
input(type="imtcp" address="127.0.0.1" port="${tlsPort}" ruleset="write")
`
}
