/** The target RADIUS server(s) between clients and servers that we did not write: radclient, eapol_test, and FreeRADIUS. */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import {
  attribute,
  checkAuthenticatorResponse,
  createSharedSecret,
  createUdpClient,
  generateNtResponse,
  hashNtPasswordHash,
  hideUserPassword,
  mschapV2Response,
  ntPasswordHash,
  packetCodes,
  readMschapError,
  readMschapV2Success,
  readOctets,
  revealSalted,
} from '@sallyport/radius'
import {
  createCertificates,
  radclient,
  startFreeRadius,
  startFreeRadiusRadsec,
  type TestCertificates,
} from '@sallyport/tooling/servers'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'

import { totpCode } from '../oath/totp.ts'
import { respond } from '../test/mschap-client.ts'
import { startTestEngine, tokenSecret, udpServer, userWithToken, type TestEngine } from './test/test-engine.ts'

const users = [
  { name: 'alice', password: 'alicepw', reply: ['Class := 0x616263', 'Tunnel-Password:1 := "tunnel secret"'] },
  { name: 'bob', password: 'bobpw' },
]
let certificates: TestCertificates
let first: Awaited<ReturnType<typeof startFreeRadius>>
let running: TestEngine
let folder: string

beforeAll(async () => {
  certificates = await createCertificates()
  folder = await mkdtemp(join(tmpdir(), 'sallyport-eapol-'))
  first = await startFreeRadius({ users, eap: { ...certificates.server, caFile: certificates.caFile } })
  running = await startTestEngine({ servers: [udpServer(first.passwordPort, first.secret)] })
})
afterAll(async () => {
  await running.stop()
  await first.stop()
  await certificates.remove()
  await rm(folder, { recursive: true })
})

const ask = (...attributes: string[]) =>
  radclient({
    host: running.host,
    port: running.port,
    secret: running.secret,
    timeoutSeconds: 8,
    retries: 1,
    attributes,
  })
const signed = 'Message-Authenticator = 0x00'

describe('radclient', () => {
  test.each([
    ['PAP', 'User-Password'],
    ['CHAP', 'CHAP-Password'],
    ['MS-CHAP', 'MS-CHAP-Password'],
  ])('signs in by %s, and is refused with a wrong password', async (_, password) => {
    const right = await ask('User-Name = "alice"', `${password} = "alicepw"`, signed)
    expect(right.reply?.code).toBe('Access-Accept')
    expect(right.reply?.attributes).toContainEqual({ name: 'Class', value: '0x616263' })
    // Hidden for the server by its secret, and anew for the device by its own.
    const tunnel = right.reply?.attributes.find(({ name }) => name.startsWith('Tunnel-Password'))
    expect(tunnel?.value).toBe('tunnel secret')
    expect((await ask('User-Name = "alice"', `${password} = "wrong"`, signed)).reply?.code).toBe('Access-Reject')
    expect(running.signIns().at(-1)?.reason).toBe('rejected-by-target')
  })

  test('gets its Proxy-States back in their order', async () => {
    const reply = await ask(
      'User-Name = "bob"',
      'User-Password = "bobpw"',
      'Proxy-State = 0x01',
      'Proxy-State = 0x02',
      signed,
    )
    const states = reply.reply?.attributes.filter(({ name }) => name === 'Proxy-State').map(({ value }) => value)
    expect(states).toEqual(['0x01', '0x02'])
  })

  test('answers the server’s own challenge', async () => {
    await running.use({ servers: [udpServer(first.challengePort, first.secret)] })
    const challenge = await ask('User-Name = "bob"', 'User-Password = "bobpw"', signed)
    expect(challenge.reply?.code).toBe('Access-Challenge')
    expect(challenge.reply?.attributes).toContainEqual({ name: 'Reply-Message', value: 'Enter the code:' })
    const state = challenge.reply?.attributes.find(({ name }) => name === 'State')?.value ?? ''
    const accepted = await ask('User-Name = "bob"', 'User-Password = "123456"', `State = ${state}`, signed)
    expect(accepted.reply?.code).toBe('Access-Accept')
    await running.use({ servers: [udpServer(first.passwordPort, first.secret)] })
  })
})

describe('MS-CHAPv2', () => {
  const secret = createSharedSecret('secret of the device')
  const asked = async (password: string) => {
    const [challenge, peerChallenge] = [new Uint8Array(randomBytes(16)), new Uint8Array(randomBytes(16))]
    const ntResponse = generateNtResponse(challenge, peerChallenge, 'alice', ntPasswordHash(password))
    const client = createUdpClient({ secret, host: running.host, port: running.port, timeoutMs: 8_000, tries: 1 })
    const result = await client.request({
      code: packetCodes.accessRequest,
      attributes: [
        attribute('User-Name', 'alice'),
        attribute('MS-CHAP-Challenge', challenge),
        mschapV2Response({ ident: 7, peerChallenge, ntResponse }),
      ],
    })
    await client.close()
    if (!result.ok) throw new Error(result.reason)
    return result
  }

  test('is passed on, with the proof of the server and keys that the device can read', async () => {
    const { packet, requestAuthenticator } = await asked('alicepw')
    expect(packet.code).toBe(packetCodes.accessAccept)
    expect(readMschapV2Success(packet)).toBeDefined()
    const hidden = readOctets(packet, 'MS-MPPE-Send-Key')
    expect(hidden && revealSalted(hidden, secret, requestAuthenticator)).toHaveLength(16)
  })

  test('is refused with the server’s own error', async () => {
    const { packet } = await asked('wrong')
    expect(packet.code).toBe(packetCodes.accessReject)
    expect(readMschapError(packet)?.code).toBe(691)
  })
})

describe('our challenge after a server that took CHAP or MS-CHAPv2', () => {
  const code = () => totpCode({ secret: tokenSecret, algorithm: 'SHA-1', digits: 6, stepSeconds: 30 }, Date.now())
  const wrongCode = () => (code() === '000000' ? '111111' : '000000')
  const asChap = (typed: string) => [`CHAP-Password = "${typed}"`]
  const asPap = (typed: string) => [`User-Password = "${typed}"`]
  const asMschap = (typed: string) => respond(typed, 'alice').lines
  const asForti = (typed: string) => {
    const peerChallenge = Buffer.alloc(16)
    peerChallenge.write(typed)
    return respond('whatever', 'alice', peerChallenge).lines
  }
  const from = (lines: readonly string[], state?: string) =>
    ask('User-Name = "alice"', ...lines, ...(state === undefined ? [] : [`State = ${state}`]), signed)
  const valueOf = (answer: Awaited<ReturnType<typeof ask>>, name: string) =>
    answer.reply?.attributes.find((each) => each.name === name)?.value ?? ''

  afterEach(() => running.use({ users: [] }))

  test.each([
    ['CHAP', asChap, 'CHAP', asChap],
    ['CHAP', asChap, 'PAP', asPap],
    ['MS-CHAPv2', asMschap, 'MS-CHAPv2', asMschap],
    ['MS-CHAPv2', asMschap, 'PAP', asPap],
    ['MS-CHAPv2', asMschap, 'MS-CHAPv2 with the code in clear', asForti],
  ])('is answered: first %s, then %s', async (_first, first, _then, then) => {
    // Made anew for each, for no code works twice.
    await running.use({ users: [] })
    await running.use({ users: [userWithToken('alice')] })
    const challenge = await from(first('alicepw'))
    expect(challenge.reply?.code).toBe('Access-Challenge')
    // Neither what the server wants in the Accept nor its proof goes out before the code.
    for (const name of ['Class', 'MS-CHAP2-Success', 'MS-MPPE-Send-Key']) expect(valueOf(challenge, name)).toBe('')
    const again = await from(then(wrongCode()), valueOf(challenge, 'State'))
    expect(again.reply?.code).toBe('Access-Challenge')
    expect(running.signIns().at(-1)?.reason).toBe('wrong-code')
    const accept = await from(then(code()), valueOf(again, 'State'))
    expect(accept.reply?.code).toBe('Access-Accept')
    expect(valueOf(accept, 'Class')).toBe('0x616263')
    expect(valueOf(accept, 'Tunnel-Password:1')).toBe('tunnel secret')
    expect(running.signIns().at(-1)).toMatchObject({ reason: 'password-and-code', roundNumber: 3 })
  })

  test('by MS-CHAPv2: the proof is that of the exchange which the person’s computer saw last', async () => {
    await running.use({ users: [userWithToken('alice')] })
    const password = respond('alicepw', 'alice')
    const challenge = await from(password.lines)
    const now = code()
    const answer = respond(now, 'alice')
    const accept = await from(answer.lines, valueOf(challenge, 'State'))
    const proves = (text: string, { ntResponse, peerChallenge, authenticatorChallenge }: typeof answer) => {
      const success = Buffer.from(valueOf(accept, 'MS-CHAP2-Success').slice(2), 'hex').subarray(1).toString()
      const hashHash = hashNtPasswordHash(ntPasswordHash(text))
      return checkAuthenticatorResponse(success, hashHash, ntResponse, peerChallenge, authenticatorChallenge, 'alice')
    }
    expect(proves(now, answer)).toBe(true)
    expect(accept.reply?.attributes.filter(({ name }) => name === 'MS-MPPE-Send-Key')).toHaveLength(1)

    await running.use({ users: [] })
    await running.use({ users: [userWithToken('alice')] })
    const second = await from(password.lines)
    const byPap = await from(asPap(code()), valueOf(second, 'State'))
    const success = Buffer.from(valueOf(byPap, 'MS-CHAP2-Success').slice(2), 'hex').subarray(1).toString()
    const { ntResponse, peerChallenge, authenticatorChallenge } = password
    const hashHash = hashNtPasswordHash(ntPasswordHash('alicepw'))
    expect(
      checkAuthenticatorResponse(success, hashHash, ntResponse, peerChallenge, authenticatorChallenge, 'alice'),
    ).toBe(true)
  })

  test('the server’s own question is answered by CHAP at the server, and a right code alone opens nothing', async () => {
    await running.use({ users: [userWithToken('alice')], servers: [udpServer(first.challengePort, first.secret)] })
    const theirs = await from(asPap('alicepw'))
    expect(theirs.reply?.code).toBe('Access-Challenge')
    // Their code would be 123456: ours is not theirs.
    const refused = await from(asChap(code()), valueOf(theirs, 'State'))
    expect(refused.reply?.code).not.toBe('Access-Accept')
    await running.use({ servers: [udpServer(first.passwordPort, first.secret)] })
  })
})

describe('eapol_test', () => {
  const eap = async (lines: readonly string[], options: readonly string[] = []) => {
    const file = join(folder, `${randomBytes(4).toString('hex')}.conf`)
    await writeFile(file, `network={\n${lines.join('\n')}\n}\n`)
    const args = [
      '-c',
      file,
      '-a',
      running.host,
      '-p',
      String(running.port),
      '-s',
      running.secret,
      '-t',
      '20',
      ...options,
    ]
    return new Promise<string>((resolve) => execFile('eapol_test', args, (_error, stdout) => resolve(stdout)))
  }
  const md5 = (name: string, password: string) =>
    eap(['key_mgmt=IEEE8021X', 'eap=MD5', `identity="${name}"`, `password="${password}"`], ['-n'])
  const peap = (name: string) =>
    eap([
      ...['key_mgmt=WPA-EAP', 'eap=PEAP', `identity="${name}"`, `password="${name}pw"`, 'phase2="auth=MSCHAPV2"'],
      `ca_cert="${certificates.caFile}"`,
    ])

  test('signs in by EAP-MD5, and hears a failure for a wrong password', async () => {
    expect(await md5('bob', 'bobpw')).toMatch(/SUCCESS\n$/)
    expect(await md5('bob', 'wrong')).toMatch(/FAILURE\n$/)
  })

  test('signs in by PEAP over many rounds, and reads its keys', async () => {
    const output = await peap('bob')
    expect(output).toMatch(/SUCCESS\n$/)
    expect(output).toContain('MPPE keys OK: 1')
    expect(running.signIns().at(-1)?.roundNumber).toBeGreaterThan(5)
  })

  test('is refused by EAP too where the user would need a code, and the log says why', async () => {
    await running.use({ users: [userWithToken('bob')] })
    expect(await peap('bob')).toMatch(/FAILURE\n$/)
    expect(running.signIns().at(-1)?.reason).toBe('factor-needs-challenge')
    await running.use({ users: [] })
  })
})

test('RadSec carries the same, and the next server takes over from one that is killed', async () => {
  const radsec = await startFreeRadiusRadsec({ certificate: certificates.server, caFile: certificates.caFile, users })
  const server = udpServer(radsec.port, '', {
    transport: 'radsec',
    caPem: certificates.caPem,
    certificatePem: await readFile(certificates.client.certificate, 'utf8'),
    privateKey: await readFile(certificates.client.key, 'utf8'),
  })
  await running.use({ servers: [server, udpServer(first.passwordPort, first.secret)] })
  const pap = () => ask('User-Name = "bob"', 'User-Password = "bobpw"', signed)
  expect((await pap()).reply?.code).toBe('Access-Accept')
  expect(running.facts('server')).toEqual([`radsec://127.0.0.1:${radsec.port}`])
  await radsec.stop()
  expect((await pap()).reply?.code).toBe('Access-Accept')
  expect(running.facts('server')).toEqual([`127.0.0.1:${first.passwordPort}`])
})

test('a server that is killed under traffic costs nobody an answer', async () => {
  const doomed = await startFreeRadius({ users })
  await running.use({
    servers: [udpServer(doomed.passwordPort, doomed.secret), udpServer(first.passwordPort, first.secret)],
  })
  const secret = createSharedSecret(running.secret)
  const client = createUdpClient({ secret, host: running.host, port: running.port, timeoutMs: 8_000, tries: 1 })
  const one = (at: number) =>
    client.request({
      code: packetCodes.accessRequest,
      attributes: (authenticator) => [
        attribute('User-Name', 'bob'),
        attribute('Calling-Station-Id', String(at)),
        { type: 2, value: hideUserPassword('bobpw', secret, authenticator) },
      ],
    })
  const before = Array.from({ length: 200 }, (_, at) => one(at))
  process.kill(doomed.pid, 'SIGKILL')
  const after = Array.from({ length: 200 }, (_, at) => one(1_000 + at))
  const results = await Promise.all([...before, ...after])
  expect(results.filter((result) => result.ok && result.packet.code === packetCodes.accessAccept)).toHaveLength(400)
  await client.close()
  await doomed.stop()
})
