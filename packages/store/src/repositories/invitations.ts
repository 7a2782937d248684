/** Mails that invite people to set up a second factor: one at a time for each user, and what became of the last. */
import type { InvitationState } from '@sallyport/contract'
import { z } from 'zod'
import { appendAudit } from '../audit/append.ts'
import type { Invitation } from '../generated/client.ts'
import type { InvitationRepository } from '../invitation-types.ts'
import type { Context, Transaction } from './context.ts'
import { hasAnyFactor } from './own-factors.ts'
import { userRecord, withFactors } from './user-rows.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
/** A link in a mail waits longer to be read than one that is handed over. */
const linkLifeMs = 3 * dayMs
/** What could not be sent for so long is not sent any more. */
const patienceMs = 3 * dayMs
const aDay = 3
const times = z.array(z.number())

export function createInvitationRepository({ prisma, clock }: Context): InvitationRepository {
  const recentOf = (row: Invitation | null) =>
    times.parse(JSON.parse(row?.recent ?? '[]')).filter((atMs) => atMs > clock().getTime() - dayMs)

  /** What keeps this user from getting an invitation, whether or not one was asked for. */
  const barred = async (tx: Transaction, id: string) => {
    const row = await tx.user.findUnique({ where: { id }, include: withFactors })
    if (row === null) return undefined
    const { enabled, block, email } = userRecord(row, clock())
    if (!enabled) return { row, reason: 'disabled' } as const
    if (block !== null) return { row, reason: 'blocked' } as const
    if (await hasAnyFactor(tx, id)) return { row, reason: 'has-factor' } as const
    return { row, reason: email === '' ? ('no-address' as const) : null }
  }

  const standing = async (tx: Transaction, userId: string) => {
    const found = await barred(tx, userId)
    if (found === undefined) return undefined
    const row = await tx.invitation.findUnique({ where: { userId } })
    const isOpen = row?.state === 'waiting' || row?.state === 'sending'
    const limit = recentOf(row).length >= aDay ? ('too-many' as const) : null
    return { user: found.row, row, hindrance: found.reason ?? (isOpen ? ('under-way' as const) : limit) }
  }

  return {
    ofUser: async (userId) => {
      const found = await standing(prisma, userId)
      if (found === undefined) return null
      const { row, hindrance } = found
      if (row === null) return { invitation: null, hindrance }
      const { invitedBy, createdAt, address, sentAt, expiresAt, problem } = row
      const shown = { invitedBy, createdAt, address, sentAt, expiresAt, problem }
      return { invitation: { ...shown, state: await stateOf(prisma, row, clock()) }, hindrance }
    },

    invite: (userId, actor) =>
      prisma.$transaction(async (tx) => {
        const found = await standing(tx, userId)
        if (found === undefined || found.hindrance !== null) return found?.hindrance
        const now = clock()
        const data = {
          ...{ state: 'waiting', invitedBy: actor.name, createdAt: now, dueAt: now, tries: 0, address: '' },
          ...{ sentAt: null, tokenHash: null, expiresAt: null, problem: null },
          recent: JSON.stringify([...recentOf(found.row), now.getTime()]),
        }
        await tx.invitation.upsert({ where: { userId }, create: { userId, ...data }, update: data })
        await appendAudit(tx, now, actor, {
          ...{ action: 'invited', subjectKind: 'user', subjectId: userId, subjectName: found.user.username },
          ...{ before: null, after: null },
        })
        return null
      }),

    recover: async () => {
      await prisma.invitation.updateMany({ where: { state: 'sending' }, data: { state: 'waiting' } })
    },

    claim: (tokenHash) =>
      prisma.$transaction(async (tx) => {
        const now = clock()
        const row = await tx.invitation.findFirst({
          ...{ where: { state: 'waiting', dueAt: { lte: now } }, orderBy: { dueAt: 'asc' } },
        })
        if (row === null) return null
        const { userId } = row
        const update = async (data: Partial<Invitation>) => {
          await tx.invitation.update({ where: { userId }, data })
        }
        const found = await barred(tx, userId)
        const reason = found === undefined ? 'disabled' : found.reason
        if (reason !== null || found === undefined) {
          await update({ state: 'withdrawn', problem: reason })
          return 'withdrawn'
        }
        if (now.getTime() - row.createdAt.getTime() > patienceMs) {
          await update({ state: 'failed', problem: row.problem ?? 'It could not be sent for three days.' })
          return 'withdrawn'
        }
        const { username, language, email: address } = found.row
        const expiresAt = new Date(now.getTime() + linkLifeMs)
        await tx.enrolmentLink.deleteMany({ where: { userId } })
        const link = { tokenHash, userId, givenBy: row.invitedBy, createdAt: now, expiresAt }
        await tx.enrolmentLink.create({ data: link })
        await update({ state: 'sending', tokenHash, address, expiresAt, tries: row.tries + 1 })
        return { userId, username, language, address, expiresAt }
      }),

    note: (tokenHash, outcome) =>
      prisma.$transaction(async (tx) => {
        const now = clock()
        const row = await tx.invitation.findUnique({ where: { tokenHash } })
        // Somebody may have opened it before the mail server's answer was noted, or made a newer link meanwhile.
        if (row === null || row.state !== 'sending') return
        const where = { tokenHash }
        if (outcome.kind === 'sent') {
          await tx.invitation.update({ where, data: { state: 'sent', sentAt: now, problem: null } })
          return
        }
        await tx.enrolmentLink.deleteMany({ where })
        const { problem } = outcome
        const data =
          outcome.kind === 'failed'
            ? { state: 'failed', problem }
            : { state: 'waiting', problem, dueAt: new Date(now.getTime() + pauseMs(row.tries)) }
        await tx.invitation.update({ where, data: { ...data, tokenHash: null, expiresAt: null } })
      }),
  }
}

/** A minute, and twice as long each time, an hour at most. */
function pauseMs(tries: number): number {
  return Math.min(minuteMs * 2 ** Math.min(tries - 1, 10), 60 * minuteMs)
}

async function stateOf(from: Transaction, { state, tokenHash, expiresAt }: Invitation, now: Date) {
  if (state === 'sending') return 'waiting'
  if (state !== 'sent') return state as InvitationState
  if (expiresAt !== null && expiresAt <= now) return 'expired'
  const link = await from.enrolmentLink.findUnique({ where: { tokenHash: tokenHash ?? '' } })
  return link === null ? 'replaced' : 'sent'
}
