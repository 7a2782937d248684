/** What somebody has of second factors and may add: as the portal shows it, and as its rules go by it. */
import type { EnrolmentMethod } from '@sallyport/contract'
import type { OwnFactors, OwnToken } from '@sallyport/contract/portal'
import type { PortalSessionRecord, Store, TokenRecord } from '@sallyport/store'
import type { EngineControl } from '../../bus/notices.ts'
import { isDrawnHere } from '../../oath/serial-number.ts'
import { usableMethods } from '../people-views.ts'
import { ApiProblem } from '../problems.ts'
import { factorsChanged, mayEnrolNow } from './may-change.ts'

export interface OwnFactorsDependencies {
  readonly store: Pick<Store, 'company' | 'oathTokens' | 'ownFactors' | 'people' | 'portalSessions' | 'portalSettings'>
  readonly engine: EngineControl
  readonly clock: () => Date
}

type Caller = PortalSessionRecord
export type OwnFactorsRoom = ReturnType<typeof createOwnFactors>

const tokensAtMost = 10

export function createOwnFactors({ store, engine, clock }: OwnFactorsDependencies) {
  async function read({ user }: Caller): Promise<OwnFactors> {
    const [own, all, settings, company, standing] = await Promise.all([
      store.ownFactors.read(user.id),
      store.oathTokens.list({ userId: user.id, limit: 100 }),
      store.portalSettings.read(),
      store.company.settings(),
      store.people.standing(user.id),
    ])
    if (own === null || standing === null) throw new ApiProblem('sign-in-required')
    // The codes of the mobile app are part of its device.
    const ofDevices = new Set(own.devices.map(({ tokenId }) => tokenId))
    const tokens = all.rows.filter(({ id }) => !ofDevices.has(id))
    const isFull: Readonly<Record<EnrolmentMethod, boolean>> = {
      'mobile-app': own.devices.length >= company.devicesPerUser,
      'software-token': tokens.length >= tokensAtMost,
      'hardware-token': tokens.length >= tokensAtMost,
      // There is one of each, which another takes the place of.
      text: false,
      call: false,
      email: false,
    }
    return {
      tokens: tokens.map(tokenView),
      devices: own.devices.map(({ id, name, createdAt, lastSeenAt }) => ({
        ...{ id, name, createdAt: createdAt.toISOString() },
        lastSeenAt: lastSeenAt?.toISOString() ?? null,
      })),
      hasContact: usableMethods(standing, company).some((method) => method !== 'oath' && method !== 'push'),
      language: own.language,
      mayEnrol: settings.methods.filter((method) => !isFull[method]),
    }
  }

  return {
    read,

    async mayEnrol(caller: Caller, method: EnrolmentMethod): Promise<void> {
      mayEnrolNow(caller, clock())
      if ((await read(caller)).mayEnrol.includes(method)) return
      throw new ApiProblem('not-allowed', { detail: 'This cannot be enrolled here, or you have enough of them.' })
    },

    async refuseLast(caller: Caller): Promise<void> {
      const { tokens, devices, hasContact } = await read(caller)
      if (tokens.length + devices.length > 1 || hasContact) return
      throw new ApiProblem('in-use', { detail: 'This is the last thing that you can prove who you are with.' })
    },

    /** Once something was changed: what stands now, in force. */
    async settled(caller: Caller): Promise<OwnFactors> {
      await factorsChanged({ store, engine }, caller)
      return read(caller)
    },
  }
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
