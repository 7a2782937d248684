/** An authenticator in software, for tests: makes a passkey (ES256, attestation `none`) and answers for it as a browser would. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

export interface SoftPasskey {
  readonly register: (challenge: string) => object
  /** Each answer counts one further, unless `counter` says otherwise. */
  readonly answer: (challenge: string, counter?: number) => object
}

export interface SoftPasskeyOptions {
  readonly origin: string
  readonly rpId: string
  readonly userHandle: string
  /** False: the authenticator did not verify its user. */
  readonly verifiesUser?: boolean
}

const base64url = (octets: Uint8Array | string) => Buffer.from(octets).toString('base64url')
const sha256 = (octets: Uint8Array | string) => createHash('sha256').update(octets).digest()

export function softPasskey({ origin, rpId, userHandle, verifiesUser = true }: SoftPasskeyOptions): SoftPasskey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const credentialId = randomBytes(32)
  let count = 0
  // WebAuthn §6.1: user present 0x01, verified 0x04, attested credential data 0x40.
  const authenticatorData = (flags: number, counter: number, more: Uint8Array = Buffer.alloc(0)) => {
    const counted = Buffer.alloc(4)
    counted.writeUInt32BE(counter)
    return Buffer.concat([sha256(rpId), Buffer.of(flags | 1 | (verifiesUser ? 4 : 0)), counted, more])
  }
  const clientData = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  const common = { id: base64url(credentialId), rawId: base64url(credentialId), type: 'public-key' }
  return {
    register(challenge) {
      // RFC 9053 §7.1.1: kty EC2, alg ES256, crv P-256, x, y; in CBOR by hand.
      const [xOctets, yOctets] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]
      const coseKey = Buffer.concat([
        Buffer.of(0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20),
        xOctets,
        Buffer.of(0x22, 0x58, 0x20),
        yOctets,
      ])
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.of(0, credentialId.length), credentialId, coseKey])
      const data = authenticatorData(0x40, 0, attested)
      const text = (value: string) => Buffer.concat([Buffer.of(0x60 + value.length), Buffer.from(value)])
      const attestationObject = Buffer.concat([
        ...[Buffer.of(0xa3), text('fmt'), text('none'), text('attStmt'), Buffer.of(0xa0), text('authData')],
        ...[Buffer.of(0x58, data.length), data],
      ])
      return {
        ...common,
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(clientData('webauthn.create', challenge)),
          attestationObject: base64url(attestationObject),
          transports: ['internal'],
        },
      }
    },
    answer(challenge, counter = (count += 1)) {
      const client = clientData('webauthn.get', challenge)
      const data = authenticatorData(0, counter)
      return {
        ...common,
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(client),
          authenticatorData: base64url(data),
          signature: base64url(sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)),
          userHandle: base64url(userHandle),
        },
      }
    },
  }
}
