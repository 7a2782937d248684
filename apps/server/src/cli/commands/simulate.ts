/** `sallyport simulate`: signs in as a VPN device would, from the shell. */
import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { testSignInMethod, type TestSignInMethod } from '@sallyport/contract'
import {
  attribute,
  codeName,
  createSharedSecret,
  createUdpClient,
  describeAttributes,
  packetCodes,
  readAttributes,
  type Attribute,
  type Packet,
  type SharedSecret,
  type UdpClient,
} from '@sallyport/radius'
import { credentialsOf, pap, type Credentials } from '../../simulated-device/credentials.ts'
import { textOption, UsageError, type Command, type CommandContext, type Given } from '../command.ts'

const roundsAtMost = 12
const stateType = 24

export const simulate: Command = {
  usage:
    'simulate --user <name> --secret-file <file> [--server <address>] [--port <port>] [--method pap|chap|ms-chap-v2] [--password-file <file>]',
  summary: 'Signs in as a VPN device would, with real packets, and shows the conversation.',
  help: `Sends to 127.0.0.1, port 1812, by PAP, unless told otherwise; this machine has to be a RADIUS client of the server, with
the shared secret that is in the file. Challenges are answered at the terminal. Exits with 0 after an Access-Accept.`,
  options: {
    user: { type: 'string' },
    'secret-file': { type: 'string' },
    'password-file': { type: 'string' },
    server: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '1812' },
    method: { type: 'string', default: 'pap' },
    timeout: { type: 'string', default: '60' },
  },
  async run(given, context) {
    const asked = readGiven(given)
    const password = await passwordOf(given, context)
    const secret = createSharedSecret(await firstLine(asked.secretFile))
    const udp = createUdpClient({
      secret,
      host: asked.server,
      localAddress: isIP(asked.server) === 6 ? '::' : '0.0.0.0',
      port: asked.port,
      sockets: 1,
      timeoutMs: 5_000,
      tries: Math.ceil(asked.timeoutSeconds / 5),
      requireMessageAuthenticator: true,
    })
    try {
      return await converse(udp, { ...asked, password, secret }, context)
    } finally {
      await udp.close()
    }
  },
}

interface Asked {
  readonly user: string
  readonly secretFile: string
  readonly server: string
  readonly port: number
  readonly method: TestSignInMethod
  readonly timeoutSeconds: number
}

async function converse(
  udp: UdpClient,
  asked: Asked & { readonly password: string; readonly secret: SharedSecret },
  { terminal }: CommandContext,
): Promise<number> {
  const { user, method, password, secret } = asked
  let credentials = credentialsOf(method, { username: user, password, secret })
  let states: readonly Attribute[] = []
  for (let round = 1; round <= roundsAtMost; round++) {
    const begun = performance.now()
    const result = await udp.request(request(user, credentials, states))
    if (!result.ok) {
      const why = result.rejected ?? result.systemError ?? result.reason
      terminal.complain(`No answer (${why}). Is this machine a RADIUS client there, with this secret?`)
      return 1
    }
    show(result.packet, performance.now() - begun, terminal.print)
    if (result.packet.code === packetCodes.accessAccept) return proven(credentials, result.packet, terminal.complain)
    if (result.packet.code !== packetCodes.accessChallenge) return 1
    const answer = await terminal.askSecret(`${readAttributes(result.packet, 'Reply-Message').join('\n')}\nAnswer: `)
    if (answer === null) {
      terminal.complain('Nobody is there to answer the challenge.')
      return 1
    }
    states = result.packet.attributes.filter(({ type }) => type === stateType)
    credentials = pap({ password: answer, secret })
  }
  terminal.complain(`${roundsAtMost} challenges, and no end.`)
  return 1
}

function request(user: string, credentials: Credentials, states: readonly Attribute[]) {
  return {
    code: packetCodes.accessRequest,
    attributes: (authenticator: Uint8Array) => [
      attribute('User-Name', user),
      ...credentials.attributes(authenticator),
      attribute('NAS-Identifier', 'sallyport simulate'),
      ...states,
    ],
    messageAuthenticator: true,
  }
}

function show(packet: Packet, tookMs: number, print: (line: string) => void): void {
  print(`${codeName(packet.code)} after ${tookMs.toFixed(0)} ms`)
  for (const { name, value } of describeAttributes(packet)) print(`  ${name} = ${value}`)
}

function proven(credentials: Credentials, accept: Packet, complain: (line: string) => void): number {
  const proof = credentials.proofIn(accept)
  if (proof === null || proof === 'right') return 0
  complain(
    `The server did not prove that it knows the password (MS-CHAP2-Success is ${proof}): a device would refuse this.`,
  )
  return 1
}

function readGiven(given: Given): Asked {
  const user = textOption(given, 'user')
  const secretFile = textOption(given, 'secret-file')
  if (user === undefined || user === '') throw new UsageError('Name who signs in: --user.')
  if (secretFile === undefined) throw new UsageError('Name the file that holds the shared secret: --secret-file.')
  const server = textOption(given, 'server') ?? ''
  if (isIP(server) === 0) throw new UsageError('--server is an IP address.')
  const method = testSignInMethod.safeParse(textOption(given, 'method'))
  if (!method.success) throw new UsageError(`--method is one of ${testSignInMethod.options.join(', ')}.`)
  const port = wholeNumber(given, 'port', 65_535)
  return { user, secretFile, server, port, method: method.data, timeoutSeconds: wholeNumber(given, 'timeout', 300) }
}

function wholeNumber(given: Given, name: string, most: number): number {
  const value = Number(textOption(given, name))
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new UsageError(`--${name} is a number from 1 to ${most}.`)
  return value
}

async function passwordOf(given: Given, { terminal }: CommandContext): Promise<string> {
  const file = textOption(given, 'password-file')
  const password = file === undefined ? await terminal.askSecret('Password: ') : await firstLine(file)
  if (password === null) throw new UsageError('Nobody is there to type the password: name a file with --password-file.')
  return password
}

async function firstLine(path: string): Promise<string> {
  return (await readFile(path, 'utf8')).replace(/\r?\n[^]*$/u, '')
}
