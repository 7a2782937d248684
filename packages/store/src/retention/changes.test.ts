import { retentionDefaults } from '@sallyport/contract'
import { describe, expect, it } from 'vitest'
import { actor, made, userFields, type testStore } from '../../test/data-folder.ts'
import { atOnce, dayMs, daysAgo, estate, now } from '../../test/retention-estate.ts'
import { lastOfExport, verifyExport } from '../audit/export.ts'
import { prepareAudit } from '../audit/trail-rows.ts'

async function exportOf(store: Awaited<ReturnType<typeof testStore>>): Promise<string[]> {
  const pieces: string[] = []
  for await (const piece of store.audit.exported()) pieces.push(piece)
  return pieces.join('').split('\n').slice(0, -1)
}

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  for (const line of lines) yield await Promise.resolve(line)
}

describe('the audit trail', () => {
  async function trail() {
    const aged = await estate()
    const { store, time } = aged
    for (const [number, days] of [500, 450, 400, 300, 10].entries()) {
      time.nowMs = daysAgo(days)
      made(await store.users.create(userFields(`user${number + 1}`), actor))
    }
    time.nowMs = now
    return aged
  }

  it('loses its oldest entries in their order, and holds all the same, here and as an export', async () => {
    const { store, keep, room, ids } = await trail()
    const earlier = await exportOf(store)
    await keep({ changes: 365 })
    expect(await room().preview({ ...retentionDefaults, changes: 365 }, atOnce)).toMatchObject([
      { kind: 'changes', rows: 3 },
    ])
    await room().run(atOnce)
    expect(ids('AuditEntry', 'sequence')).toEqual([4, 5, 6, 7])
    expect(await store.audit.firstBroken()).toBeNull()
    expect((await store.audit.list({ limit: 1 })).rows[0]).toMatchObject({
      ...{ administrator: 'Retention', action: 'removed', subjectKind: 'audit-trail' },
      before: { entries: 3, first: 1 },
      after: { upTo: 3, upToAt: new Date(daysAgo(400)).toISOString() },
    })
    const lines = await exportOf(store)
    expect(await verifyExport(each(lines))).toMatchObject({ ok: true, entries: 4, begins: { after: 3 }, goesOn: null })
    const last = await lastOfExport(each(earlier))
    expect(await verifyExport(each(lines), last ?? undefined)).toMatchObject({ ok: true, goesOn: true })
    expect(await verifyExport(each(lines), { sequence: 5, hash: 'f'.repeat(64) })).toMatchObject({
      ...{ ok: false, problem: 'other-trail' },
    })
  })

  it('is cut again and again, each time from where it begins', async () => {
    const { store, keep, room, ids, time } = await trail()
    await keep({ changes: 365 })
    await room().run(atOnce)
    time.nowMs = now + 100 * dayMs
    await room().run(atOnce)
    expect(ids('AuditEntry', 'sequence')).toEqual([5, 6, 7, 8])
    expect(await store.audit.firstBroken()).toBeNull()
    expect(await verifyExport(each(await exportOf(store)))).toMatchObject({ ok: true, begins: { after: 4 } })
  })

  it('is not cut where it does not hold: what was altered stays to be seen', async () => {
    const { store, keep, room, file, count } = await trail()
    file.exec("UPDATE AuditEntry SET administrator = 'nobody' WHERE sequence = 2")
    await keep({ changes: 365 })
    await room().run(atOnce)
    expect(count('AuditEntry')).toBe(6)
    expect((await store.retention.runs(1))[0]?.parts[0]).toMatchObject({
      state: 'held',
      problem: 'trail-broken',
      removed: 0,
    })
    expect(await store.audit.firstBroken()).toBe(2)
  })

  it('keeps what a log receiver has still to get, a month longer at most', async () => {
    const { keep, room, file, ids, time } = await trail()
    file.exec(`INSERT INTO LogReceiver (id, name, enabled, configuration, signIns, questions, changes, accounting, createdAt, updatedAt)
      VALUES ('r', 'r', 1, '{}', 0, 0, 1, 0, 0, 0);
      INSERT INTO LogReceiverCursor (receiverId, eventsUpTo, changesUpTo) VALUES ('r', 0, 0)`)
    await keep({ changes: 380 })
    await room().run(atOnce)
    expect(ids('AuditEntry', 'sequence')).toEqual([3, 4, 5, 6, 7])
    expect(file.prepare('SELECT changesUpTo, lost FROM LogReceiverCursor').get()).toEqual({ changesUpTo: 2, lost: 2 })
    time.nowMs = now + 15 * dayMs
    await room().run(atOnce)
    expect(ids('AuditEntry', 'sequence')[0]).toBe(4)
  })

  it.each([
    ['entries that somebody else took away', 'DELETE FROM AuditEntry WHERE sequence <= 4', 4],
    [
      'an entry that was put back',
      "INSERT INTO AuditEntry SELECT 3, at, administrator, action, subjectKind, subjectId, subjectName, before, after, address, previousHash, 'x' FROM AuditEntry WHERE sequence = 4",
      3,
    ],
    ['a beginning that is gone', "DELETE FROM Setting WHERE name = 'audit-start'", 4],
    [
      'a beginning that was sealed elsewhere',
      "UPDATE Setting SET sealed = (SELECT sealed FROM Setting WHERE name = 'sealing') WHERE name = 'audit-start'",
      4,
    ],
    ['the removal that is told of nowhere', 'DELETE FROM AuditEntry WHERE sequence = 7', 7],
  ])('after a cut, shows %s', async (_, damage, oddFrom) => {
    const { store, keep, room, file } = await trail()
    await keep({ changes: 365 })
    await room().run(atOnce)
    expect(await store.audit.firstBroken()).toBeNull()
    file.exec(damage)
    expect(await store.audit.firstBroken()).toBeGreaterThanOrEqual(oddFrom)
    const begun = await verifyExport(each(await exportOf(store)))
    // What only the server can tell, for it has the key, an export cannot.
    if (!damage.includes('Setting') && !damage.startsWith('INSERT')) expect(begun.ok).toBe(false)
  })

  it('cannot be cut by whoever only writes the database: a removal that they add themselves is not believed', async () => {
    const { store, file } = await trail()
    // The best that can be forged without the key: an entry that fits, and the oldest entries gone.
    const [cut] = file
      .prepare<[], { hash: string; at: number }>('SELECT hash, at FROM AuditEntry WHERE sequence = 3')
      .all()
    prepareAudit(file, 'Retention')(new Date(now), {
      ...{ action: 'removed', subjectKind: 'audit-trail', subjectId: null, subjectName: null, before: null },
      after: { upTo: 3, upToAt: new Date(cut?.at ?? 0).toISOString(), hash: cut?.hash },
    })
    file.exec('DELETE FROM AuditEntry WHERE sequence <= 3')
    expect(await store.audit.firstBroken()).toBe(4)
  })

  it('does not hold as an export whose beginning was moved or left out', async () => {
    const { store, keep, room } = await trail()
    await keep({ changes: 365 })
    await room().run(atOnce)
    const lines = await exportOf(store)
    const [header = '', ...entries] = lines
    const { hash } = JSON.parse(entries[0] ?? '') as { hash: string }
    const later = header.replace(/"after":3,"hash":"[0-9a-f]+"/, `"after":4,"hash":"${hash}"`)
    const shorter = entries.slice(1).map((line) => line.replace('"entries":4', '"entries":3'))
    expect(await verifyExport(each([later, ...shorter]))).toMatchObject({ ok: false, problem: 'unexplained' })
    expect((await verifyExport(each(entries))).ok).toBe(false)
  })
})
