/** Phone numbers and the mail address of whoever is signed in: proven by a code or a call before they count. */
import type { ContactPlace, OwnContact, portalApi } from '@sallyport/contract/portal'
import type { PortalSessionRecord, Store } from '@sallyport/store'
import type { FastifyBaseLogger } from 'fastify'
import type { EngineControl } from '../../bus/notices.ts'
import { proofTriesAtMost, type PortalReach } from '../../bus/portal-reach.ts'
import { drawProofCode, isProofCode } from '../../passwords/proof-code.ts'
import { usableMethods } from '../people-views.ts'
import { sendLimits } from '../portal-contact/limits.ts'
import { sendCode, tellOf } from '../portal-contact/send.ts'
import { isAllowedNumber, maskedContact, waysOf } from '../portal-contact/ways.ts'
import { actorOf, factorsChanged, mayChangeNow, mayEnrolNow } from '../portal-factors/may-change.ts'
import type { PortalRoom } from '../portal-handlers.ts'
import { ApiProblem, invalidInput } from '../problems.ts'
import { networkOf } from '../session/throttle.ts'

export interface ContactRouteDependencies {
  readonly store: Pick<Store, 'contacts' | 'people' | 'company' | 'portalSettings' | 'portalSessions'>
  readonly engine: EngineControl
  readonly reach: PortalReach
  readonly clock: () => Date
}

const codeForMs = 10 * 60_000
const places: readonly ContactPlace[] = ['phone', 'backup', 'email']

export function contactHandlers(dependencies: ContactRouteDependencies): PortalRoom<typeof portalApi.contact> {
  const { store, reach, clock } = dependencies

  /** Everything that decides what somebody may do here, read once. */
  async function standingOf({ user }: PortalSessionRecord) {
    const [contacts, standing, company, portal] = await Promise.all([
      store.contacts.read(user.id),
      store.people.standing(user.id),
      store.company.settings(),
      store.portalSettings.read(),
    ])
    if (contacts === null || standing === null) throw new ApiProblem('sign-in-required')
    const question = { portal, company, own: standing.factors.factorMethods, kinds: reach.kinds() }
    const language = standing.factors.language || company.language
    return { contacts, standing, company, portal, question, language }
  }
  type Stand = Awaited<ReturnType<typeof standingOf>>

  /** What would be left to sign in with is enough. */
  function leavesAFactor({ standing, company }: Stand, place: ContactPlace): boolean {
    if (place === 'backup') return true
    const without = { ...standing, factors: { ...standing.factors, ...(place === 'phone' && { phone: '' }) } }
    const user = { ...standing.user, ...(place === 'email' && { email: '' }) }
    return usableMethods({ ...without, user }, company).length > 0
  }

  function view(stand: Stand, { kind }: PortalSessionRecord): OwnContact {
    const full = kind === 'full'
    return {
      places: places.map((place) => {
        const { value, extension, fromDirectory } = stand.contacts[place]
        const mayChange = !fromDirectory && (full || value === '')
        return {
          ...{ place, extension: full ? extension : '', fromDirectory },
          value: full ? value : maskedContact(value),
          ways: mayChange ? waysOf(place, stand.question) : [],
          removable: full && mayChange && value !== '' && leavesAFactor(stand, place),
        }
      }),
    }
  }

  /** Whoever came by a link sets up what was not there, and changes nothing. */
  function mayPut(stand: Stand, caller: PortalSessionRecord, place: ContactPlace): void {
    const { value, fromDirectory } = stand.contacts[place]
    if (fromDirectory)
      throw new ApiProblem('not-allowed', { detail: 'This comes from the directory: change it there.' })
    if (value === '') mayEnrolNow(caller, clock())
    else mayChangeNow(caller, clock())
  }

  async function put(id: string, stand: Stand, place: ContactPlace, caller: PortalSessionRecord, at: Place) {
    mayPut(stand, caller, place)
    const before = await store.contacts.put(id, actorOf(caller, at.address))
    if (before === null) throw over()
    await factorsChanged(dependencies, caller)
    tell(stand, place, before.value, at.log)
    return view(await standingOf(caller), caller)
  }

  /** Where somebody was reached before; and their mail, whatever was changed, for a stolen phone gets texts. */
  function tell({ contacts, language }: Stand, place: ContactPlace, before: string, log: FastifyBaseLogger): void {
    if (before === '') return
    const notice = { what: place, phone: place === 'email' ? '' : before, language, nowMs: clock().getTime() }
    tellOf(reach, { ...notice, email: place === 'email' ? before : contacts.email.value })
      .then((told) => {
        if (told === 0) log.warn('nobody could be told that a phone number or a mail address was changed')
      })
      .catch((error: unknown) => log.error(error, 'telling of a changed contact'))
  }

  return {
    read: async ({ caller }) => view(await standingOf(caller), caller),

    async begin({ body, caller, address, log }) {
      const now = clock()
      const stands = await standingOf(caller)
      const { place, way, value } = body
      mayPut(stands, caller, place)
      if (!waysOf(place, stands.question).includes(way)) {
        throw new ApiProblem('not-allowed', { detail: 'This cannot be enrolled here.' })
      }
      if (place !== 'email' && !isAllowedNumber(value, stands.portal.phonePrefixes)) {
        throw invalidInput({ path: 'value', message: 'Numbers of this country cannot be used here.' })
      }
      // Nothing can be dialled behind a text.
      const extension = place !== 'email' && way === 'call' ? body.extension : ''
      const [code, expiresAt] = [drawProofCode(), new Date(now.getTime() + codeForMs)]
      const proof = { userId: caller.user.id, place, way, value, extension, code, sessionHash: caller.tokenHash }
      const begun = await store.contacts.begin({ ...proof, network: networkOf(address), expiresAt }, sendLimits)
      if (typeof begun === 'number') throw new ApiProblem('too-many-requests', { retryAfterSeconds: begun })
      const { language } = stands
      const sent = await sendCode(reach, { proofId: begun.id, ...proof, language, nowMs: now.getTime() })
      if (sent === 'sent') return { expiresAt: expiresAt.toISOString(), code: way === 'call' ? code : null }
      await store.contacts.discard(begun.id)
      log.warn({ way }, 'a code that proves a contact could not be sent')
      if (sent === 'refused') throw invalidInput({ path: 'value', message: 'Nothing could be sent there.' })
      throw new ApiProblem('unavailable', { detail: 'Nothing can be sent just now.' })
    },

    async confirm({ body: { place, code }, caller, address, log }) {
      const stands = await standingOf(caller)
      mayPut(stands, caller, place)
      const key = { userId: caller.user.id, place, sessionHash: caller.tokenHash }
      const proof = await store.contacts.takeTry(key, proofTriesAtMost)
      // What a call is to prove is keyed in during the call: typing it here proves nothing.
      if (proof === null || proof.way === 'call') throw over()
      if (!isProofCode(proof.code, code)) {
        if (proof.tries < proofTriesAtMost) throw invalidInput({ path: 'code', message: 'This code is not right.' })
        await store.contacts.discard(proof.id)
        throw over()
      }
      return put(proof.id, stands, place, caller, { address, log })
    },

    async finishCall({ body: { place }, caller, address, log }) {
      const key = { userId: caller.user.id, place, sessionHash: caller.tokenHash }
      const proof = await store.contacts.open(key)
      if (proof?.way !== 'call' || proof.state === 'over') return { kind: 'over' }
      if (proof.state === 'open') return { kind: proof.tries < proofTriesAtMost ? 'calling' : 'over' }
      return { kind: 'done', contact: await put(proof.id, await standingOf(caller), place, caller, { address, log }) }
    },

    async remove({ body: { place }, caller, address, log }) {
      mayChangeNow(caller, clock())
      const stands = await standingOf(caller)
      mayPut(stands, caller, place)
      if (!leavesAFactor(stands, place)) {
        throw new ApiProblem('in-use', { detail: 'This is the last thing that you can prove who you are with.' })
      }
      const before = await store.contacts.remove(caller.user.id, place, actorOf(caller, address))
      if (before !== null) {
        await factorsChanged(dependencies, caller)
        tell(stands, place, before.value, log)
      }
      return view(await standingOf(caller), caller)
    },
  }
}

interface Place {
  readonly address: string
  readonly log: FastifyBaseLogger
}

function over(): ApiProblem {
  return new ApiProblem('not-found', { detail: 'This code is over. Have another one sent.' })
}
