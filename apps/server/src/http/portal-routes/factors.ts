/** People's own second factors: enrolled once a code of theirs is right, looked at, brought back into step, removed. */
import type { portalApi } from '@sallyport/contract/portal'
import type { PortalSessionRecord, Store, TokenRecord } from '@sallyport/store'
import { encodeBase32, otpauthUri } from '../../oath/otpauth.ts'
import { resynchronise } from '../../oath/resynchronise.ts'
import { drawSerialNumber, isDrawnHere } from '../../oath/serial-number.ts'
import { changed } from '../change-problems.ts'
import type { DrawnSecrets } from '../portal-factors/drawn-secrets.ts'
import { actorOf, mayChangeNow, mayRemoveNow } from '../portal-factors/may-change.ts'
import type { OwnFactorsRoom } from '../portal-factors/own-factors.ts'
import { softwareToken, stepOf, takeTry, wrongCode } from '../portal-factors/proving-code.ts'
import type { PortalRoom } from '../portal-handlers.ts'
import { ApiProblem } from '../problems.ts'
import type { Throttle } from '../session/throttle.ts'

export interface FactorRouteDependencies {
  readonly store: Pick<Store, 'oathTokens' | 'ownFactors'>
  readonly own: OwnFactorsRoom
  readonly clock: () => Date
  readonly random: (lengthBytes: number) => Uint8Array
  readonly drawn: DrawnSecrets
  /** Codes that are guessed, by user and by token. */
  readonly throttle: Throttle
}

const words = { view: ({ serialNumber }: TokenRecord) => ({ serialNumber }), gone: 'This token is not yours.' }

export function factorHandlers(dependencies: FactorRouteDependencies): PortalRoom<typeof portalApi.factors> {
  const { store, own, clock, random, drawn, throttle } = dependencies
  const tokens = store.oathTokens

  /** The caller's own token, with its key; another's is as good as none. */
  async function ownToken(id: string, caller: PortalSessionRecord) {
    const [shown, token, secret] = await Promise.all([own.read(caller), tokens.byId(id), tokens.secret(id)])
    const isOwn = shown.tokens.some((each) => each.id === id)
    if (!isOwn || token === null || secret === null) throw new ApiProblem('not-found', { detail: words.gone })
    return { ...token, secret }
  }

  return {
    read: ({ caller }) => own.read(caller),

    async beginSoftwareToken({ caller }) {
      await own.mayEnrol(caller, 'software-token')
      const secret = random(20)
      const expiresAt = drawn.keep(caller.tokenHash, secret)
      if (expiresAt === undefined) throw new ApiProblem('unavailable', { detail: 'Too many people enrol just now.' })
      const uri = otpauthUri({ ...softwareToken, secret, account: caller.user.username, counter: 0 })
      return { secret: encodeBase32(secret), uri, expiresAt: expiresAt.toISOString() }
    },

    async confirmSoftwareToken({ body, caller, address }) {
      await own.mayEnrol(caller, 'software-token')
      const secret = drawn.peek(caller.tokenHash)
      if (secret === undefined) throw new ApiProblem('not-found', { detail: 'This took too long. Begin again.' })
      takeTry(throttle, `software ${caller.user.id}`)
      const usedStep = stepOf({ ...softwareToken, secret, lastUsedStep: null, driftSteps: 0 }, body.code, clock())
      if (usedStep === undefined) throw wrongCode('code')
      // Before anything else can happen: of two that come at once, one finds nothing.
      drawn.forget(caller.tokenHash)
      const serialNumber = drawSerialNumber(random)
      const fields = { ...softwareToken, serialNumber, manufacturer: '', model: body.name, userId: caller.user.id }
      const token = { ...fields, secret, lastUsedStep: usedStep }
      changed(await tokens.create(token, actorOf(caller, address)), words)
      throttle.clear(`software ${caller.user.id}`)
      return own.settled(caller)
    },

    async claimHardwareToken({ body, caller, address }) {
      await own.mayEnrol(caller, 'hardware-token')
      takeTry(throttle, `hardware ${caller.user.id}`, `serial ${body.serialNumber.toLowerCase()}`)
      // Unknown, somebody's, and a wrong code look alike: nobody learns which serial numbers there are.
      const token = await tokens.bySerialNumber(body.serialNumber)
      const secret = token === null ? null : await tokens.secret(token.id)
      if (token === null || secret === null || token.userId !== null || !isInForce(token, clock())) {
        throw wrongCode('serialNumber')
      }
      const usedStep = stepOf({ ...token, secret }, body.code, clock())
      if (usedStep === undefined) throw wrongCode('serialNumber')
      const { id, version } = token
      changed(await tokens.assign(id, caller.user.id, version, actorOf(caller, address), usedStep), words)
      return own.settled(caller)
    },

    async resynchroniseToken({ body, caller, address }) {
      mayChangeNow(caller, clock())
      const token = await ownToken(body.id, caller)
      takeTry(throttle, `token ${body.id}`)
      const found = resynchronise(token, [body.firstCode, body.secondCode], clock().getTime())
      if (found === undefined) throw wrongCode('secondCode')
      changed(await tokens.resynchronise(body.id, found, actorOf(caller, address)), words)
      throttle.clear(`token ${body.id}`)
      return own.settled(caller)
    },

    async removeToken({ body, caller, address }) {
      mayRemoveNow(caller, clock())
      const { id, version, serialNumber } = await ownToken(body.id, caller)
      await own.refuseLast(caller)
      const actor = actorOf(caller, address)
      changed(
        isDrawnHere(serialNumber)
          ? await tokens.remove(id, version, actor)
          : await tokens.assign(id, null, version, actor),
        words,
      )
      return own.settled(caller)
    },

    async renameDevice({ body, caller, address }) {
      mayChangeNow(caller, clock())
      const { id, name } = body
      const done = await store.ownFactors.renameDevice(caller.user.id, id, name, actorOf(caller, address))
      if (!done) throw new ApiProblem('not-found', { detail: 'This device is not yours.' })
      return own.settled(caller)
    },

    async removeDevice({ body, caller, address }) {
      mayRemoveNow(caller, clock())
      await own.refuseLast(caller)
      const done = await store.ownFactors.removeDevice(caller.user.id, body.id, actorOf(caller, address))
      if (!done) throw new ApiProblem('not-found', { detail: 'This device is not yours.' })
      return own.settled(caller)
    },

    async setLanguage({ body, caller, address }) {
      mayChangeNow(caller, clock())
      await store.ownFactors.setLanguage(caller.user.id, body.language, actorOf(caller, address))
      return own.settled(caller)
    },
  }
}

function isInForce({ notBefore, notAfter }: TokenRecord, now: Date): boolean {
  return (notBefore === null || notBefore <= now) && (notAfter === null || now <= notAfter)
}
