/** Phone numbers and mail addresses that people prove to have: the codes that are out, how many were sent, and what was proven. */
import { randomUUID } from 'node:crypto'
import type { AttributeMapping, MappedField } from '@sallyport/contract'
import { appendAudit } from '../audit/append.ts'
import { differences } from '../audit/differences.ts'
import type {
  ContactPlaceName,
  ContactProofRecord,
  ContactRepository,
  ContactValue,
  SendLimit,
} from '../contact-types.ts'
import type { ContactProof, User } from '../generated/client.ts'
import { places } from '../sealing/places.ts'
import { syncSettings } from '../settings-values.ts'
import type { Actor } from '../types.ts'
import { usernameKey } from '../username-key.ts'
import type { Context, Transaction } from './context.ts'

const countedForMs = 24 * 3_600_000
/** The field of a user that a directory may own, of each place. */
const fieldOf = { phone: 'phone', backup: 'backupPhone', email: 'email' } as const satisfies Record<
  ContactPlaceName,
  MappedField
>

export function createContactRepository({ prisma, sealer, clock }: Context): ContactRepository {
  const record = (row: ContactProof, tries: number): ContactProofRecord => ({
    ...{ id: row.id, userId: row.userId, value: row.value, extension: row.extension, tries },
    place: row.place as ContactProofRecord['place'],
    way: row.way as ContactProofRecord['way'],
    state: row.state as ContactProofRecord['state'],
    code: sealer.open(row.sealedCode, places.contactCode(row.id)).toString(),
  })

  const tried = async (
    tx: Transaction,
    row: ContactProof | null,
    triesAtMost: number,
  ): Promise<ContactProofRecord | null> => {
    if (row === null || row.expiresAt <= clock() || row.state !== 'open' || row.tries >= triesAtMost) return null
    await tx.contactProof.update({ where: { id: row.id }, data: { tries: row.tries + 1 } })
    return record(row, row.tries + 1)
  }

  const find = (from: Transaction, { userId, place, sessionHash }: Parameters<ContactRepository['open']>[0]) =>
    from.contactProof.findFirst({ where: { userId, place, sessionHash } })

  /** Writes a place of the user's, with its entry in the audit trail. */
  const write = async (
    tx: Transaction,
    userId: string,
    place: ContactPlaceName,
    value: Pick<ContactValue, 'value' | 'extension'>,
    actor: Actor,
  ): Promise<ContactValue | null> => {
    const user = await tx.user.findUnique({ where: { id: userId } })
    if (user === null) return null
    const before = contactsOf(user, await mappingIn(tx))[place]
    if (before.fromDirectory) return null
    const now = clock()
    const columns = columnsOf(place, value)
    const key = place === 'email' ? { emailKey: usernameKey(value.value) } : {}
    const data = { ...columns, ...key, version: user.version + 1, updatedAt: now }
    await tx.user.update({ where: { id: userId }, data })
    const changes = differences(columnsOf(place, before), columns)
    await appendAudit(tx, now, actor, {
      ...{ action: 'changed', subjectKind: 'user', subjectId: userId, subjectName: user.username },
      ...changes,
    })
    return before
  }

  return {
    async read(userId) {
      const user = await prisma.user.findUnique({ where: { id: userId } })
      return user && contactsOf(user, await mappingIn(prisma))
    },

    begin: ({ code, network, ...proof }, limits) =>
      prisma.$transaction(async (tx) => {
        const now = clock()
        await tx.contactSend.deleteMany({ where: { at: { lt: new Date(now.getTime() - countedForMs) } } })
        await tx.contactProof.deleteMany({ where: { expiresAt: { lte: now } } })
        const { userId, place, value: target } = proof
        const wait = await secondsToWait(tx, { userId, target, network }, limits, now.getTime())
        if (wait > 0) return wait
        await tx.contactSend.create({ data: { at: now, userId, target, network } })
        await tx.contactProof.deleteMany({ where: { userId, place } })
        const id = randomUUID()
        const sealedCode = sealer.seal(code, places.contactCode(id))
        await tx.contactProof.create({ data: { ...proof, id, sealedCode, createdAt: now } })
        return { id }
      }),

    async open(key) {
      const row = await find(prisma, key)
      return row === null || row.expiresAt <= clock() ? null : record(row, row.tries)
    },

    takeTry: (key, triesAtMost) => prisma.$transaction(async (tx) => tried(tx, await find(tx, key), triesAtMost)),

    takeTryInCall: (id, triesAtMost) =>
      prisma.$transaction(async (tx) => tried(tx, await tx.contactProof.findUnique({ where: { id } }), triesAtMost)),

    async noteCall(id, state) {
      await prisma.contactProof.updateMany({ where: { id, state: 'open' }, data: { state } })
    },

    async discard(id) {
      await prisma.contactProof.deleteMany({ where: { id } })
    },

    put: (id, actor) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.contactProof.findUnique({ where: { id } })
        if (row === null || row.expiresAt <= clock()) return null
        await tx.contactProof.delete({ where: { id } })
        return write(tx, row.userId, row.place as ContactPlaceName, row, actor)
      }),

    remove: (userId, place, actor) =>
      prisma.$transaction(async (tx) => {
        const user = await tx.user.findUnique({ where: { id: userId } })
        if (user === null || contactsOf(user, await mappingIn(tx))[place].value === '') return null
        return write(tx, userId, place, { value: '', extension: '' }, actor)
      }),
  }
}

async function mappingIn(from: Pick<Transaction, 'setting'>): Promise<AttributeMapping> {
  const row = await from.setting.findUnique({ where: { name: 'directory-sync' } })
  return syncSettings(row ?? undefined).mapping
}

/** What the directory has an attribute for comes from there, whether this person has a value or none. */
function contactsOf(user: User, mapping: AttributeMapping): Readonly<Record<ContactPlaceName, ContactValue>> {
  const of = (place: ContactPlaceName, value: string, extension: string) => ({
    ...{ value, extension },
    fromDirectory: user.directoryId !== null && mapping[fieldOf[place]].length > 0,
  })
  return {
    phone: of('phone', user.phone, user.phoneExtension),
    backup: of('backup', user.backupPhone, user.backupExtension),
    email: of('email', user.email, ''),
  }
}

function columnsOf(place: ContactPlaceName, { value, extension }: Pick<ContactValue, 'value' | 'extension'>) {
  switch (place) {
    case 'phone':
      return { phone: value, phoneExtension: extension }
    case 'backup':
      return { backupPhone: value, backupExtension: extension }
    case 'email':
      return { email: value }
  }
}

/** Zero: every limit allows one more. */
async function secondsToWait(
  tx: Transaction,
  keys: { readonly userId: string; readonly target: string; readonly network: string },
  limits: readonly SendLimit[],
  nowMs: number,
): Promise<number> {
  let waitMs = 0
  for (const { by, withinMs, atMost } of limits) {
    const at = { gt: new Date(nowMs - withinMs) }
    const of = { user: { userId: keys.userId }, target: { target: keys.target }, network: { network: keys.network } }[
      by
    ]
    const sent = await tx.contactSend.findMany({ where: { ...of, at }, orderBy: { at: 'desc' }, take: atMost })
    const oldest = sent[atMost - 1]
    // It is the oldest of those that fill the limit that has to leave the window.
    if (oldest !== undefined) waitMs = Math.max(waitMs, oldest.at.getTime() + withinMs - nowMs)
  }
  return Math.ceil(waitMs / 1000)
}
