/**
 * Passkeys (WebAuthn): registered and checked for the console's configured origin alone, with the user verified by the
 * authenticator, so that one is both factors. Challenges are good once, for what they were drawn for, for five minutes.
 */
import type { addPasskeyInput, passkeyInput } from '@sallyport/contract'
import type { PasskeyRecord, PasskeyRepository } from '@sallyport/store'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type RegistrationResponseJSON,
  type AuthenticationResponseJSON,
} from '@simplewebauthn/server'
import { isIP } from 'node:net'
import type { z } from 'zod'
import type { SignedInCaller } from '../handlers.ts'
import { ApiProblem } from '../problems.ts'

export interface PasskeyDependencies {
  readonly passkeys: PasskeyRepository
  /** The console's origin as browsers have it; undefined: none is configured. */
  readonly origin: string | undefined
  readonly clock: () => Date
  readonly random: (lengthBytes: number) => Uint8Array
}

type Assertion = z.output<typeof passkeyInput>['response']
type Registration = z.output<typeof addPasskeyInput>

export interface Passkeys {
  readonly available: boolean
  readonly askAny: () => Promise<object>
  readonly askNew: (caller: SignedInCaller) => Promise<object>
  readonly add: (caller: SignedInCaller, input: Registration) => Promise<PasskeyRecord>
  /** Whose passkey it was. Throws ApiProblem `factor-wrong` whatever was wrong. */
  readonly check: (response: Assertion) => Promise<PasskeyRecord>
}

const challengeBytes = 32
const lifeMs = 5 * 60_000
const challengesAtMost = 10_000
const notConfigured =
  'Passkeys work under a name: set SALLYPORT_CONSOLE_URL to where browsers find this console, such as https://mfa.example.com.'

export function createPasskeys({ passkeys, origin, clock, random }: PasskeyDependencies): Passkeys {
  const rpId = relyingPartyId(origin)
  const challenges = createChallenges(clock, random)
  const place = () => {
    if (origin === undefined || rpId === undefined) throw new ApiProblem('unavailable', { detail: notConfigured })
    return { origin, rpId }
  }
  return {
    available: rpId !== undefined,
    askAny: () =>
      generateAuthenticationOptions({
        ...{ rpID: place().rpId, userVerification: 'required' },
        challenge: challenges.draw('any'),
      }),

    async askNew({ administrator, session }) {
      const { rpId: rpID } = place()
      const own = await passkeys.ofAdministrator(administrator.id)
      return generateRegistrationOptions({
        ...{ rpName: 'Sallyport', rpID, userName: administrator.username },
        userID: new Uint8Array(Buffer.from(administrator.id)),
        challenge: challenges.draw(session.tokenHash),
        attestationType: 'none',
        excludeCredentials: own.map(({ credentialId: id, transports }) => ({ id, transports: [...transports] })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      })
    },

    async add({ administrator, session, actor }, { name, response }) {
      const { origin: expectedOrigin, rpId: expectedRPID } = place()
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        ...{ expectedOrigin, expectedRPID, requireUserVerification: true },
        response: response as RegistrationResponseJSON,
        expectedChallenge: (challenge) => challenges.take(challenge, session.tokenHash),
      }).catch(wrong)
      if (!verified) return wrong()
      const { id: credentialId, publicKey, counter } = registrationInfo.credential
      const added = await passkeys.add(
        administrator.id,
        {
          ...{ name, credentialId, counter, publicKey: Buffer.from(publicKey).toString('base64url') },
          transports: response.response.transports ?? [],
        },
        session.tokenHash,
        actor,
      )
      if (added === null) throw new ApiProblem('already-exists', { detail: 'This passkey is known already.' })
      return added
    },

    async check(response) {
      const { origin: expectedOrigin, rpId: expectedRPID } = place()
      const passkey = await passkeys.byCredential(response.id)
      if (passkey?.administrator.enabled !== true) return wrong()
      const { credentialId: id, publicKey, counter, transports, administrator } = passkey
      const { userHandle } = response.response
      const handle = Buffer.from(administrator.id).toString('base64url')
      if (typeof userHandle === 'string' && userHandle !== handle) return wrong()
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        ...{ expectedOrigin, expectedRPID, requireUserVerification: true },
        response: response as AuthenticationResponseJSON,
        expectedChallenge: (challenge) => challenges.take(challenge, 'any'),
        credential: {
          ...{ id, counter, transports: [...transports] },
          publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')),
        },
      }).catch(wrong)
      // A counter that did not move on was refused: somebody has a copy of the key (WebAuthn §6.1.1).
      if (!verified || !(await passkeys.use(passkey.id, counter, authenticationInfo.newCounter))) return wrong()
      return passkey
    },
  }
}

function wrong(): never {
  throw new ApiProblem('factor-wrong')
}

/** The host of the origin; undefined where browsers would refuse it: an address, or HTTP beyond this machine. */
function relyingPartyId(origin: string | undefined): string | undefined {
  if (origin === undefined) return undefined
  const { hostname, protocol } = new URL(origin)
  const isLocal = hostname === 'localhost'
  const isName = isIP(hostname) === 0 && !hostname.startsWith('[')
  return isName && (isLocal || protocol === 'https:') ? hostname : undefined
}

function createChallenges(clock: () => Date, random: (lengthBytes: number) => Uint8Array) {
  // In the order in which they were drawn: the oldest first.
  const drawn = new Map<string, { readonly purpose: string; readonly endsAtMs: number }>()
  return {
    /** The octets of a challenge for this purpose. */
    draw(purpose: string) {
      const nowMs = clock().getTime()
      for (const [challenge, { endsAtMs }] of drawn) {
        if (endsAtMs > nowMs && drawn.size < challengesAtMost) break
        drawn.delete(challenge)
      }
      const octets = new Uint8Array(random(challengeBytes))
      drawn.set(Buffer.from(octets).toString('base64url'), { purpose, endsAtMs: nowMs + lifeMs })
      return octets
    },
    /** Whether it was drawn for this; it is good no more. */
    take(challenge: string, purpose: string): boolean {
      const found = drawn.get(challenge)
      drawn.delete(challenge)
      return found !== undefined && found.purpose === purpose && found.endsAtMs > clock().getTime()
    },
  }
}
