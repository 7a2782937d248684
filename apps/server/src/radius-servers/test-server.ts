/**
 * Tries one RADIUS server, step by step, and says precisely what stands in the way: its name, its port, its secret, or the password.
 * A wrong secret mostly looks like silence, for servers drop what they cannot verify; asking once without Message-Authenticator
 * makes many of them give it away by an answer that does not verify.
 */
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'

import type { TestResult } from '@sallyport/contract'
import {
  attribute,
  codeName,
  createSharedSecret,
  createTlsClient,
  createUdpClient,
  hasMessageAuthenticator,
  hideUserPassword,
  packetCodes,
  radsecSecret,
  readAttribute,
  statusRequest,
  type ClientRequest,
  type ClientResult,
} from '@sallyport/radius'
import type { EngineRadiusServer } from '@sallyport/store/engine'

import { rejectionWords, systemErrorWords } from './problem-words.ts'
import { serverName } from './server-name.ts'

type Step = TestResult['steps'][number]

interface Credentials {
  readonly username: string
  readonly password: string
}

/** For the question of whether anybody is there: no server knows this name. */
const nobody = 'sallyport-test'
const silence =
  'It does not answer. Either it does not know this machine as its client, or the shared secret is not the same there, or something on the way drops the packets.'

/** Without credentials, only whether the server answers and knows the secret. Keeps nothing. */
export async function testRadiusServer(server: EngineRadiusServer, credentials?: Credentials): Promise<TestResult> {
  const name = serverName(server)
  const steps: Step[] = []
  const step = async (
    what: string,
    run: () => Promise<Pick<Step, 'ok' | 'message'>> | Pick<Step, 'ok' | 'message'>,
  ): Promise<boolean> => {
    const from = performance.now()
    const { ok, message } = await run()
    steps.push({ server: name, step: what, ok, message, durationMs: Math.round(performance.now() - from) })
    return ok
  }
  let address = server.host
  const isNamed =
    isIP(server.host) !== 0 ||
    (await step('resolve', async () => {
      try {
        address = (await lookup(server.host)).address
        return { ok: true, message: `${server.host} is ${address}.` }
      } catch (error) {
        return { ok: false, message: systemErrorWords(codeOf(error)) }
      }
    }))
  if (!isNamed) return { ok: false, steps }

  const client = createClient(server, address)
  try {
    const status = await client.request({ ...statusRequest, timeoutMs: 1_500, tries: 2 })
    const reached = await step('status-server', () => statusWords(status))
    if (reached && credentials) {
      await step('sign-in', async () => signInWords(await ask(client, credentials), server, client))
    } else if (reached && !status.ok) {
      await step('sign-in', async () => {
        const result = await ask(client, { username: nobody, password: nobody })
        if (!result.ok) return signInWords(result, server, client)
        return {
          ok: true,
          message: 'It answers, and the shared secret is right (asked for somebody whom nobody knows).',
        }
      })
    }
  } finally {
    await client.close()
  }
  return { ok: steps.every(({ ok }) => ok), steps }
}

interface Client {
  readonly request: (request: ClientRequest) => Promise<ClientResult>
  readonly close: () => Promise<void>
  readonly secret: ReturnType<typeof createSharedSecret>
}

function createClient(server: EngineRadiusServer, address: string): Client {
  const common = { host: address, port: server.authenticationPort, timeoutMs: server.timeoutSeconds * 1_000 }
  if (server.transport === 'udp') {
    const secret = createSharedSecret(server.sharedSecret ?? '')
    const client = createUdpClient({ ...common, secret, tries: server.tries, requireMessageAuthenticator: false })
    return { request: (asked) => client.request(asked), close: () => client.close(), secret }
  }
  const client = createTlsClient({
    ...common,
    serverName: server.host,
    ca: server.caPem ?? '',
    credentials: { certificate: server.certificatePem ?? '', key: server.privateKey ?? '' },
  })
  return { request: (asked) => client.request(asked), close: () => client.close(), secret: radsecSecret }
}

function ask({ request, secret }: Client, { username, password }: Credentials, more: Partial<ClientRequest> = {}) {
  return request({
    code: packetCodes.accessRequest,
    attributes: (authenticator) => [
      attribute('User-Name', username),
      { type: 2, value: hideUserPassword(password, secret, authenticator) },
      attribute('NAS-Identifier', 'sallyport'),
    ],
    ...more,
  })
}

function statusWords(result: ClientResult): Pick<Step, 'ok' | 'message'> {
  if (result.ok) return { ok: true, message: `It answers Status-Server, in ${result.roundTripMs.toFixed(1)} ms.` }
  if (result.systemError !== undefined) return { ok: false, message: systemErrorWords(result.systemError) }
  const problem = result.rejected && rejectionWords(result.rejected)
  if (problem !== undefined) return { ok: false, message: problem }
  return { ok: true, message: 'It does not answer Status-Server. Some servers never do; a sign-in will tell.' }
}

async function signInWords(
  result: ClientResult,
  server: EngineRadiusServer,
  client: Client,
): Promise<Pick<Step, 'ok' | 'message'>> {
  if (!result.ok) {
    if (result.systemError !== undefined) return { ok: false, message: systemErrorWords(result.systemError) }
    const problem = result.rejected && rejectionWords(result.rejected)
    if (problem !== undefined) return { ok: false, message: problem }
    if (server.transport === 'radsec') return { ok: false, message: 'It does not answer.' }
    const bare = await ask(client, { username: nobody, password: nobody }, { messageAuthenticator: false, tries: 1 })
    const wrong = !bare.ok && bare.rejected !== undefined ? rejectionWords(bare.rejected) : undefined
    return { ok: false, message: wrong ?? silence }
  }
  const { packet } = result
  if (server.messageAuthenticator === 'require' && server.transport === 'udp' && !hasMessageAuthenticator(packet)) {
    return { ok: false, message: rejectionWords('message-authenticator-missing') ?? '' }
  }
  const said = readAttribute(packet, 'Reply-Message')?.replace(/\p{Cc}/gu, ' ')
  const saying = said === undefined ? '' : ` It says: “${said}”`
  switch (packet.code) {
    case packetCodes.accessAccept:
      return { ok: true, message: `It accepts this name and password.${saying}` }
    case packetCodes.accessReject:
      return { ok: false, message: `It rejects this name and password; the shared secret is right.${saying}` }
    case packetCodes.accessChallenge:
      return {
        ok: true,
        message: `It takes the password and asks something by itself, which is passed on to people.${saying}`,
      }
    default:
      return { ok: false, message: `It answers with ${codeName(packet.code)}, which is no answer to a sign-in.` }
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN'
}
