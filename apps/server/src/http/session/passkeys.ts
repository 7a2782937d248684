/**
 * Passkeys (WebAuthn): registered and checked for the console's configured origin alone, with the user verified by the
 * authenticator, so that one is both factors. A challenge is good once, for the browser or the session that it was drawn for.
 */
import { isIP } from 'node:net'
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
import type { z } from 'zod'
import type { SignedInCaller } from '../handlers.ts'
import { ApiProblem } from '../problems.ts'
import { createChallenges } from './challenges.ts'

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
  /** What any passkey is asked at a sign-in. `browser`: which one asks; it alone may answer. */
  readonly askAny: (browser: string) => Promise<object>
  /** What the passkeys of who is signed in are asked, in this session alone. */
  readonly askOwn: (caller: SignedInCaller) => Promise<object>
  readonly askNew: (caller: SignedInCaller) => Promise<object>
  readonly add: (caller: SignedInCaller, input: Registration) => Promise<PasskeyRecord>
  /** Whose passkey signed this browser in. Throws ApiProblem `factor-wrong` whatever was wrong. */
  readonly checkAny: (browser: string | undefined, response: Assertion, address: string) => Promise<PasskeyRecord>
  /** Passes where it was one of the caller's own. Throws ApiProblem `factor-wrong` whatever was wrong. */
  readonly checkOwn: (caller: SignedInCaller, response: Assertion) => Promise<void>
}

const notConfigured =
  'Passkeys work under a name: set SALLYPORT_CONSOLE_URL to where browsers find this console, such as https://mfa.example.com.'

export function createPasskeys({ passkeys, origin, clock, random }: PasskeyDependencies): Passkeys {
  const rpId = relyingPartyId(origin)
  // Apart from each other, so that nobody without a session can push out what somebody with one was asked.
  const [atSignIn, signedIn] = [createChallenges(clock, random), createChallenges(clock, random)]
  const place = () => {
    if (origin === undefined || rpId === undefined) throw new ApiProblem('unavailable', { detail: notConfigured })
    return { origin, rpId }
  }
  const known = async (administratorId: string) =>
    (await passkeys.ofAdministrator(administratorId)).map(({ credentialId: id, transports }) => ({
      id,
      transports: [...transports],
    }))
  const check = async (response: Assertion, address: string | null, isExpected: (challenge: string) => boolean) => {
    const { origin: expectedOrigin, rpId: expectedRPID } = place()
    const passkey = await passkeys.byCredential(response.id)
    if (passkey?.administrator.enabled !== true) return wrong()
    const { credentialId: id, publicKey, counter, transports, administrator } = passkey
    const handle = Buffer.from(administrator.id).toString('base64url')
    const { userHandle } = response.response
    if (typeof userHandle === 'string' && userHandle !== handle) return wrong()
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      ...{ expectedOrigin, expectedRPID, requireUserVerification: true },
      response: response as AuthenticationResponseJSON,
      expectedChallenge: isExpected,
      credential: {
        // Its counter is judged below, once it is certain who signed it.
        ...{ id, counter: 0, transports: [...transports] },
        publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')),
      },
    }).catch(wrong)
    if (!verified) return wrong()
    // WebAuthn §6.1.1: a counter that does not move on is a copy's. Many passkeys have none, and say 0 always.
    const { newCounter } = authenticationInfo
    const movedOn = newCounter > counter || (newCounter === 0 && counter === 0)
    if (!movedOn) {
      await passkeys.noteCopy(passkey.id, { id: administrator.id, name: administrator.username, address })
      return wrong()
    }
    return (await passkeys.use(passkey.id, counter, newCounter)) ? passkey : wrong()
  }
  return {
    available: rpId !== undefined,
    askAny: (browser) =>
      generateAuthenticationOptions({
        ...{ rpID: place().rpId, userVerification: 'required' },
        challenge: atSignIn.draw(browser),
      }),

    async askOwn({ administrator, session }) {
      const { rpId: rpID } = place()
      return generateAuthenticationOptions({
        ...{ rpID, userVerification: 'required' },
        allowCredentials: await known(administrator.id),
        challenge: signedIn.draw(proofOf(session)),
      })
    },

    async askNew({ administrator, session }) {
      const { rpId: rpID } = place()
      return generateRegistrationOptions({
        ...{ rpName: 'Sallyport', rpID, userName: administrator.username },
        userID: new Uint8Array(Buffer.from(administrator.id)),
        challenge: signedIn.draw(additionIn(session)),
        attestationType: 'none',
        excludeCredentials: await known(administrator.id),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      })
    },

    async add({ administrator, session, actor }, { name, response }) {
      const { origin: expectedOrigin, rpId: expectedRPID } = place()
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        ...{ expectedOrigin, expectedRPID, requireUserVerification: true },
        response: response as RegistrationResponseJSON,
        expectedChallenge: (challenge) => signedIn.take(challenge, additionIn(session)),
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

    async checkAny(browser, response, address) {
      place()
      // WebAuthn §7.2 step 6: nobody has said yet who they are, so the passkey has to.
      if (browser === undefined || typeof response.response.userHandle !== 'string') return wrong()
      return check(response, address, (challenge) => atSignIn.take(challenge, browser))
    },

    async checkOwn({ administrator, session, actor: { address } }, response) {
      place()
      const passkey = await passkeys.byCredential(response.id)
      if (passkey?.administrator.id !== administrator.id) return wrong()
      await check(response, address, (challenge) => signedIn.take(challenge, proofOf(session)))
    },
  }
}

function additionIn({ tokenHash }: SignedInCaller['session']): string {
  return `addition ${tokenHash}`
}

function proofOf({ tokenHash }: SignedInCaller['session']): string {
  return `proof ${tokenHash}`
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
