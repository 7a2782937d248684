/** Makes users who are here people of the directory: their fields become what it says, what is theirs here stays. */
import { appendAudit } from '../audit/append.ts'
import { differences, type PresentUser } from '../directory-sync/person-columns.ts'
import type { Actor, WaitingUser } from '../types.ts'
import { usernameKey } from '../username-key.ts'
import type { Transaction } from './context.ts'

/** @returns who was linked, by line; whoever is gone or the directory's by now is not */
export async function linkUsers(
  tx: Transaction,
  rows: readonly WaitingUser[],
  now: Date,
  actor: Actor,
): Promise<ReadonlyMap<number, string>> {
  const linked = new Map<number, string>()
  for (const { line, user, person } of rows) {
    if (person === undefined) continue
    const row = await tx.user.findUnique({ where: { usernameKey: usernameKey(user.username) } })
    const isTaken = await tx.user.findUnique({ where: { directoryId: person.directoryId }, select: { id: true } })
    if (row?.directoryId !== null || isTaken !== null) continue
    const present: PresentUser = {
      ...row,
      ...{ enabled: row.enabled ? 1 : 0, directoryDisabled: row.directoryDisabled ? 1 : 0, directoryUnseen: 0 },
    }
    const { changes, columns } = differences(present, person, { isNew: true })
    const flags = Object.fromEntries(
      (['enabled', 'directoryDisabled'] as const).flatMap((name) =>
        name in columns ? [[name, columns[name] === 1]] : [],
      ),
    )
    // The columns are those that a synchronization writes, by the same names.
    const data = { ...columns, ...flags, directoryUnseen: true, version: { increment: 1 }, updatedAt: now }
    await tx.user.update({ where: { id: row.id }, data })
    const side = (which: 0 | 1) =>
      Object.fromEntries(Object.entries(changes).map(([name, pair]) => [name, pair[which]]))
    await appendAudit(tx, now, actor, {
      ...{ action: 'changed', subjectKind: 'user', subjectId: row.id, subjectName: row.username },
      ...{ before: side(0), after: side(1) },
    })
    if (flags['enabled'] === false) {
      await tx.factorPass.deleteMany({ where: { userId: row.id } })
      await tx.portalSession.deleteMany({ where: { userId: row.id } })
    }
    linked.set(line, row.id)
  }
  return linked
}
