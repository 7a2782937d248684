/** How a simulated device proves a password: PAP, CHAP or MS-CHAPv2, built as the RFCs have it. */
import { randomBytes } from 'node:crypto'
import type { TestSignInMethod } from '@sallyport/contract'
import {
  attribute,
  chapPassword,
  checkAuthenticatorResponse,
  generateNtResponse,
  hashNtPasswordHash,
  hideUserPassword,
  mschapV2Response,
  ntPasswordHash,
  readMschapV2Success,
  type Attribute,
  type Packet,
  type SharedSecret,
} from '@sallyport/radius'

export interface Credentials {
  /** What goes into the request with this authenticator. */
  readonly attributes: (authenticator: Uint8Array) => readonly Attribute[]
  /** Whether an Access-Accept proves that the server knew the password too; null where the method has no such proof. */
  readonly proofIn: (accept: Packet) => 'right' | 'wrong' | 'missing' | null
}

interface Typed {
  readonly username: string
  readonly password: string
  readonly secret: SharedSecret
}

const makers: Record<TestSignInMethod, (typed: Typed) => Credentials> = { pap, chap, 'ms-chap-v2': mschapV2 }

export function credentialsOf(method: TestSignInMethod, typed: Typed): Credentials {
  return makers[method](typed)
}

/** RFC 2865 §5.2; §4.4 has it for the answer to a challenge as well, whatever the password came by. */
export function pap({ password, secret }: Pick<Typed, 'password' | 'secret'>): Credentials {
  return {
    attributes: (authenticator) => [attribute('User-Password', hideUserPassword(password, secret, authenticator))],
    proofIn: () => null,
  }
}

/** RFC 2865 §5.3 and §5.40. */
function chap({ password }: Typed): Credentials {
  const challenge = randomBytes(16)
  const [identifier = 0] = randomBytes(1)
  const response = chapPassword(identifier, Buffer.from(password), challenge)
  return {
    attributes: () => [attribute('CHAP-Password', response), attribute('CHAP-Challenge', challenge)],
    proofIn: () => null,
  }
}

/** RFC 2759 §4 and §5, in the attributes of RFC 2548 §2.3. */
function mschapV2({ username, password }: Typed): Credentials {
  const [authenticatorChallenge, peerChallenge] = [randomBytes(16), randomBytes(16)]
  const [ident = 0] = randomBytes(1)
  const name = username.slice(username.indexOf('\\') + 1)
  const ntHash = ntPasswordHash(password)
  const ntResponse = generateNtResponse(authenticatorChallenge, peerChallenge, name, ntHash)
  const passwordHashHash = hashNtPasswordHash(ntHash)
  return {
    attributes: () => [
      attribute('MS-CHAP-Challenge', authenticatorChallenge),
      mschapV2Response({ ident, peerChallenge, ntResponse }),
    ],
    proofIn(accept) {
      const success = readMschapV2Success(accept)
      if (!success) return 'missing'
      const of = [passwordHashHash, ntResponse, peerChallenge, authenticatorChallenge, name] as const
      return success.ident === ident && checkAuthenticatorResponse(success.message, ...of) ? 'right' : 'wrong'
    },
  }
}
