/** Our MS-CHAPv2 against FreeRADIUS: it believes our responses, we its proof, and the keys of both are the same. */
import { randomBytes } from 'node:crypto'

import { startFreeRadius } from '@sallyport/tooling/servers'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import {
  attribute,
  checkAuthenticatorResponse,
  createSharedSecret,
  createUdpClient,
  generateNtResponse,
  hashNtPasswordHash,
  mschapV2Response,
  ntPasswordHash,
  packetCodes,
  readMschapError,
  readMschapV2Success,
  readOctets,
  revealSalted,
  verifyMschapV2,
  type Attribute,
  type ClientResult,
  type UdpClient,
} from '../src/index.ts'

const password = 'pässwörd €'
const ntHash = ntPasswordHash(password)
const secret = createSharedSecret('testing123')

let server: Awaited<ReturnType<typeof startFreeRadius>>
let client: UdpClient | undefined
beforeAll(async () => {
  server = await startFreeRadius({
    users: [
      { name: 'clear', password },
      { name: 'hashed', password: '', ntHash: Buffer.from(ntHash).toString('hex') },
    ],
  })
})
afterEach(() => client?.close())
afterAll(() => server.stop())

function ask(attributes: readonly Attribute[]): Promise<ClientResult> {
  client = createUdpClient({
    secret,
    host: server.host,
    port: server.passwordPort,
    requireMessageAuthenticator: false,
  })
  return client.request({ code: packetCodes.accessRequest, attributes })
}

const authenticatorChallenge = Uint8Array.from(randomBytes(16))
const peerChallenge = Uint8Array.from(randomBytes(16))

function responseWith(username: string, hash: Uint8Array) {
  const ntResponse = generateNtResponse(authenticatorChallenge, peerChallenge, username, hash)
  return { ident: 7, peerChallenge, ntResponse }
}

describe('MS-CHAPv2 with FreeRADIUS', () => {
  it.each(['clear', 'hashed'])(
    'signs in a user whose password is kept %s, with our proof and our keys',
    async (name) => {
      const response = responseWith(name, ntHash)
      const accept = await ask([
        attribute('User-Name', name),
        attribute('MS-CHAP-Challenge', authenticatorChallenge),
        mschapV2Response(response),
      ])
      if (!accept.ok) throw new Error(accept.reason)
      expect(accept.packet.code).toBe(packetCodes.accessAccept)

      const proof = verifyMschapV2({ ntHash, username: name, authenticatorChallenge, response })
      const success = readMschapV2Success(accept.packet)
      expect(success).toEqual({ ident: 7, message: proof?.success })
      const of = [response.ntResponse, peerChallenge, authenticatorChallenge, name] as const
      expect(checkAuthenticatorResponse(success?.message ?? '', hashNtPasswordHash(ntHash), ...of)).toBe(true)

      const reveal = (attributeName: 'MS-MPPE-Send-Key' | 'MS-MPPE-Recv-Key') =>
        revealSalted(readOctets(accept.packet, attributeName) ?? new Uint8Array(0), secret, accept.requestAuthenticator)
      expect(reveal('MS-MPPE-Send-Key')).toEqual(proof?.sendKey)
      expect(reveal('MS-MPPE-Recv-Key')).toEqual(proof?.recvKey)
    },
  )

  it('is told why it failed: E=691', async () => {
    const reject = await ask([
      attribute('User-Name', 'clear'),
      attribute('MS-CHAP-Challenge', authenticatorChallenge),
      mschapV2Response(responseWith('clear', ntPasswordHash('wrong'))),
    ])
    if (!reject.ok) throw new Error(reject.reason)
    expect(reject.packet.code).toBe(packetCodes.accessReject)
    expect(readMschapError(reject.packet)).toMatchObject({ ident: 7, code: 691, version: 3 })
  })
})
