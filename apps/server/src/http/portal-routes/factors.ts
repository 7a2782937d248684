/** People's own second factors: enrolled once a code of theirs is right, looked at, brought back into step, removed. */
import type { OwnFactors, OwnToken, portalApi } from '@sallyport/contract/portal'
import type { PortalSessionRecord, Store, TokenRecord } from '@sallyport/store'
import type { EngineControl } from '../../bus/notices.ts'
import { matchSteps, type OathKey } from '../../oath/hotp.ts'
import { stepsLookedAt, type OathPosition } from '../../oath/looked-at.ts'
import { encodeBase32, otpauthUri } from '../../oath/otpauth.ts'
import { resynchronise } from '../../oath/resynchronise.ts'
import { drawSerialNumber, isDrawnHere } from '../../oath/serial-number.ts'
import { changed } from '../change-problems.ts'
import type { DrawnSecrets } from '../portal-factors/drawn-secrets.ts'
import { actorOf, factorsChanged, mayChangeNow, mayEnrolNow } from '../portal-factors/may-change.ts'
import type { PortalRoom } from '../portal-handlers.ts'
import { ApiProblem, invalidInput } from '../problems.ts'
import type { Throttle } from '../session/throttle.ts'

export interface FactorRouteDependencies {
  readonly store: Pick<Store, 'oathTokens' | 'ownFactors' | 'portalSessions' | 'portalSettings'>
  readonly engine: EngineControl
  readonly clock: () => Date
  readonly random: (lengthBytes: number) => Uint8Array
  readonly drawn: DrawnSecrets
  /** Codes that are guessed, by user and by token. */
  readonly throttle: Throttle
}

const tokensAtMost = 10
/** What every authenticator app understands. */
const software = { type: 'totp', algorithm: 'SHA-1', digits: 6, stepSeconds: 30 } as const
const words = { view: ({ serialNumber }: TokenRecord) => ({ serialNumber }), gone: 'This token is not yours.' }

export function factorHandlers(dependencies: FactorRouteDependencies): PortalRoom<typeof portalApi.factors> {
  const { store, engine, clock, random, drawn, throttle } = dependencies
  const tokens = store.oathTokens

  const tokensOf = async (userId: string) => (await tokens.list({ userId, limit: 100 })).rows

  async function view({ user }: Pick<PortalSessionRecord, 'user'>): Promise<OwnFactors> {
    const [own, mine, settings] = await Promise.all([
      store.ownFactors.read(user.id),
      tokensOf(user.id),
      store.portalSettings.read(),
    ])
    if (own === null) throw new ApiProblem('sign-in-required')
    return {
      tokens: mine.map(tokenView),
      devices: own.devices.map((device) => ({
        ...device,
        createdAt: device.createdAt.toISOString(),
        lastSeenAt: device.lastSeenAt?.toISOString() ?? null,
      })),
      language: own.language,
      mayEnrol: mine.length < tokensAtMost ? settings.methods : [],
    }
  }

  async function mayEnrol(caller: PortalSessionRecord, method: OwnFactors['mayEnrol'][number]): Promise<void> {
    mayEnrolNow(caller, clock())
    if ((await view(caller)).mayEnrol.includes(method)) return
    throw new ApiProblem('not-allowed', { detail: 'This cannot be enrolled here, or you have enough tokens.' })
  }

  async function settled(caller: PortalSessionRecord): Promise<OwnFactors> {
    await factorsChanged({ store, engine }, caller)
    return view(caller)
  }

  function throttled(...keys: readonly string[]): void {
    const retryAfterSeconds = Math.max(...keys.map((key) => throttle.take(key)))
    if (retryAfterSeconds > 0) throw new ApiProblem('too-many-requests', { retryAfterSeconds })
  }

  /** The caller's own token, with its key; another's is as good as none. */
  async function own(id: string, { user }: PortalSessionRecord) {
    const [token, secret] = await Promise.all([tokens.byId(id), tokens.secret(id)])
    if (token?.userId !== user.id || secret === null) throw new ApiProblem('not-found', { detail: words.gone })
    return { ...token, secret }
  }

  async function refuseLast({ user }: PortalSessionRecord): Promise<void> {
    const { devices = [] } = (await store.ownFactors.read(user.id)) ?? {}
    if ((await tokensOf(user.id)).length + devices.length > 1) return
    throw new ApiProblem('in-use', { detail: 'This is the last thing that you can prove who you are with.' })
  }

  return {
    read: ({ caller }) => view(caller),

    async beginSoftwareToken({ caller }) {
      await mayEnrol(caller, 'software-token')
      const secret = random(20)
      const expiresAt = drawn.keep(caller.tokenHash, secret)
      if (expiresAt === undefined) throw new ApiProblem('unavailable', { detail: 'Too many people enrol just now.' })
      const uri = otpauthUri({ ...software, secret, account: caller.user.username, counter: 0 })
      return { secret: encodeBase32(secret), uri, expiresAt: expiresAt.toISOString() }
    },

    async confirmSoftwareToken({ body, caller, address }) {
      await mayEnrol(caller, 'software-token')
      const secret = drawn.peek(caller.tokenHash)
      if (secret === undefined) throw new ApiProblem('not-found', { detail: 'This took too long. Begin again.' })
      throttled(`software ${caller.user.id}`)
      const usedStep = stepOf({ ...software, secret, lastUsedStep: null, driftSteps: 0 }, body.code, clock())
      if (usedStep === undefined) throw wrongCode('code')
      // Before anything else can happen: of two that come at once, one finds nothing.
      drawn.forget(caller.tokenHash)
      const serialNumber = drawSerialNumber(random)
      const fields = { ...software, serialNumber, manufacturer: '', model: body.name, userId: caller.user.id }
      const token = { ...fields, secret, lastUsedStep: usedStep }
      changed(await tokens.create(token, actorOf(caller, address)), words)
      throttle.clear(`software ${caller.user.id}`)
      return settled(caller)
    },

    async claimHardwareToken({ body, caller, address }) {
      await mayEnrol(caller, 'hardware-token')
      throttled(`hardware ${caller.user.id}`, `serial ${body.serialNumber.toLowerCase()}`)
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
      return settled(caller)
    },

    async resynchroniseToken({ body, caller, address }) {
      mayChangeNow(caller, clock())
      const token = await own(body.id, caller)
      throttled(`token ${body.id}`)
      const found = resynchronise(token, [body.firstCode, body.secondCode], clock().getTime())
      if (found === undefined) throw wrongCode('secondCode')
      changed(await tokens.resynchronise(body.id, found, actorOf(caller, address)), words)
      throttle.clear(`token ${body.id}`)
      return settled(caller)
    },

    async removeToken({ body, caller, address }) {
      mayChangeNow(caller, clock())
      const { id, version, serialNumber } = await own(body.id, caller)
      await refuseLast(caller)
      const actor = actorOf(caller, address)
      changed(
        isDrawnHere(serialNumber)
          ? await tokens.remove(id, version, actor)
          : await tokens.assign(id, null, version, actor),
        words,
      )
      return settled(caller)
    },

    async renameDevice({ body, caller, address }) {
      mayChangeNow(caller, clock())
      const { id, name } = body
      const done = await store.ownFactors.renameDevice(caller.user.id, id, name, actorOf(caller, address))
      if (!done) throw new ApiProblem('not-found', { detail: 'This device is not yours.' })
      return settled(caller)
    },

    async removeDevice({ body, caller, address }) {
      mayChangeNow(caller, clock())
      await refuseLast(caller)
      const done = await store.ownFactors.removeDevice(caller.user.id, body.id, actorOf(caller, address))
      if (!done) throw new ApiProblem('not-found', { detail: 'This device is not yours.' })
      return settled(caller)
    },

    async setLanguage({ body, caller, address }) {
      mayChangeNow(caller, clock())
      await store.ownFactors.setLanguage(caller.user.id, body.language, actorOf(caller, address))
      return settled(caller)
    },
  }
}

/** Undefined: the code is not right, or it was used. */
function stepOf(token: OathKey & OathPosition, code: string, now: Date): number | undefined {
  const match = matchSteps(token, code, stepsLookedAt(token, now.getTime()), token.lastUsedStep)
  return match.kind === 'right' ? match.step : undefined
}

function isInForce({ notBefore, notAfter }: TokenRecord, now: Date): boolean {
  return (notBefore === null || notBefore <= now) && (notAfter === null || now <= notAfter)
}

function wrongCode(path: string): ApiProblem {
  return invalidInput({ path, message: 'This is not right, or the code was used before. Take the next one.' })
}

function tokenView(token: TokenRecord): OwnToken {
  const { id, serialNumber, manufacturer, model, type, lastUsedAt, createdAt } = token
  return {
    ...{ id, serialNumber, type },
    name: [manufacturer, model].filter((part) => part !== '').join(' '),
    software: isDrawnHere(serialNumber),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  }
}
